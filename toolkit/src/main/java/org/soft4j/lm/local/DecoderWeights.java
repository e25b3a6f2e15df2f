package org.soft4j.lm.local;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.Architecture;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.torch.TorchModule;

/**
 * A decoder's weights in torch-owned memory, in the order of {@link DecoderLayout}.
 *
 * <p>The tensors are normal ones, not made in inference mode, so that training can save them for
 * its backward pass. An adapter is merged by writing W + scale * B A, computed in fp32 from the
 * stored weights, over the tensors it touches; hence nothing is ever merged twice and one copy of
 * the model is held.
 */
public final class DecoderWeights implements AutoCloseable {
  private static final String SCRIPT =
      """
      def convert(self: __torch__.M, x: Tensor) -> Tensor:
        return x.to(torch.device("DEVICE"), DTYPE, False, True)
      def convert_brain(self: __torch__.M, x: Tensor) -> Tensor:
        return torch.view_copy(x, dtype=15).to(torch.device("DEVICE"), DTYPE)
      def merge(self: __torch__.M, w: Tensor, x: Tensor, brain: bool, b: Tensor, a: Tensor, scale: float) -> int:
        y = x
        if brain:
          y = torch.view_copy(x, dtype=15)
        y = y.to(w.device, 6)
        if a.numel() > 0:
          y = y + torch.mm(b.to(w.device), a.to(w.device)) * scale
        w.copy_(y)
        return 0
      """;

  private final PtNDManager owner;
  private final TorchModule script;
  private final WeightSource source;
  private final Architecture architecture;
  private final Map<String, long[]> layout;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<PtNDArray> tensors = new ArrayList<>();
  private final Set<String> merged = new HashSet<>();
  private final Dtype dtype;

  private DecoderWeights(
      WeightSource source,
      Architecture shape,
      Dtype dtype,
      DeviceChoice device,
      PtNDManager manager) {
    this.source = source;
    this.architecture = shape;
    this.dtype = dtype;
    layout = DecoderLayout.of(shape);
    owner = (PtNDManager) manager.newSubManager();
    script =
        new TorchModule(
            owner,
            SCRIPT.replace("DEVICE", device.torchName()).replace("DTYPE", "" + dtype.code()),
            List.of());
  }

  /**
   * Reads a model's weights.
   *
   * @param source the files
   * @param shape of the model; its files were checked against it when they were opened
   * @param dtype to hold them in; 16-bit weights become 32-bit ones exactly
   * @param device to hold them on
   * @param manager of which the weights' own scope is a part
   */
  public static DecoderWeights load(
      WeightSource source,
      Architecture shape,
      Dtype dtype,
      DeviceChoice device,
      PtNDManager manager) {
    DecoderWeights weights = new DecoderWeights(source, shape, dtype, device, manager);
    try {
      for (String name : weights.layout.keySet()) {
        weights.places.put(name, weights.tensors.size());
        weights.tensors.add(weights.read(name));
      }
      // Dequantized weights passed through direct buffers, which only a collection gives back.
      System.gc();
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** The tensors, in the order of {@link DecoderLayout}; owned by this object. */
  public List<PtNDArray> tensors() {
    return Collections.unmodifiableList(tensors);
  }

  /** The tensor of a name such as {@code model.layers.0.self_attn.q_proj.weight}. */
  public PtNDArray tensor(String name) {
    return tensors.get(places.get(name));
  }

  /** The model's shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** Number format of the tensors. */
  public Dtype dtype() {
    return dtype;
  }

  /** Number of weights, a tied head counted once. */
  public long parameters() {
    return parameters(architecture);
  }

  /** Number of weights of a model of this shape. */
  static long parameters(Architecture architecture) {
    return DecoderLayout.of(architecture).values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  /**
   * Makes the tensors base + adapter; what an earlier adapter changed returns to the base first.
   *
   * @param adapter checked before anything changes; one without deltas gives the base model
   */
  public void merge(PeftAdapter adapter) {
    adapter.check(architecture);
    Map<String, LowRankDelta> deltas = adapter.deltas();
    for (String name : List.copyOf(merged)) {
      if (!deltas.containsKey(name)) {
        write(name, new LowRankDelta(0, 0, new float[0], new float[0]));
        merged.remove(name);
      }
    }
    deltas.forEach(
        (name, delta) -> {
          merged.add(name);
          write(name, delta);
        });
  }

  private PtNDArray read(String name) {
    StoredTensor stored = source.read(name);
    try (PtNDManager scope = (PtNDManager) owner.newSubManager()) {
      PtNDArray raw = wrap(scope, stored);
      boolean brain = stored.type() == StoredTensor.Type.BF16;
      NDList result = script.train(scope, brain ? "convert_brain" : "convert", raw);
      result.attach(owner);
      return (PtNDArray) result.head();
    }
  }

  private void write(String name, LowRankDelta delta) {
    StoredTensor stored = source.read(name);
    long outputs = stored.shape()[0];
    long inputs = stored.shape()[1];
    try (PtNDManager scope = (PtNDManager) owner.newSubManager();
        IValue target = IValue.from(tensor(name));
        IValue raw = IValue.from(wrap(scope, stored));
        IValue brain = IValue.from(stored.type() == StoredTensor.Type.BF16);
        IValue b = matrix(scope, delta.b(), outputs, delta.rank());
        IValue a = matrix(scope, delta.a(), delta.rank(), inputs);
        IValue scale = IValue.from(delta.scale())) {
      script.call("merge", target, raw, brain, b, a, scale);
    }
  }

  private static IValue matrix(PtNDManager scope, float[] values, long rows, long columns) {
    return IValue.from((PtNDArray) scope.create(values, new Shape(rows, columns)));
  }

  /** A view of the file's bytes; bf16 travels as f16, which DJL knows, and is reinterpreted. */
  private static PtNDArray wrap(PtNDManager scope, StoredTensor stored) {
    DataType type = stored.type() == StoredTensor.Type.F32 ? DataType.FLOAT32 : DataType.FLOAT16;
    // slice(): the engine takes the buffer's address and ignores its position.
    return scope.create(stored.bytes().slice(), new Shape(stored.shape()), type);
  }

  @Override
  public void close() {
    script.close();
    owner.close();
  }
}
