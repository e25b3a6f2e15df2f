package org.soft4j.lm.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ModelTensor;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.torch.TorchAttribute;
import org.soft4j.lm.torch.TorchModule;
import org.soft4j.lm.torch.TorchSource;

/**
 * A decoder's weights in torch-owned memory, in the order of {@link LayerLayout}.
 *
 * <p>Matrices that multiply the same rows (query, key and value; gate and up) are one tensor; each
 * part is a view of its rows. The tensors are normal ones, not made in inference mode, so that
 * training can save them for its backward pass. An adapter is merged by writing W + scale * B A,
 * computed in fp32 from the stored weights, over the parts it touches; hence nothing is ever merged
 * twice and one copy of the model is held.
 */
public final class DecoderWeights implements AutoCloseable {
  private static final LowRankDelta NONE = new LowRankDelta(0, 0, new float[0], new float[0]);

  private final PtNDManager owner;
  private final TorchModule script;
  private final WeightSource base;
  private WeightSource source;
  private Map<String, StoredTensor> brought = Map.of();
  private final Architecture architecture;
  private final Map<String, ModelTensor> parts = new LinkedHashMap<>();
  private final Map<String, PtNDArray> views = new HashMap<>();
  private final List<PtNDArray> tensors = new ArrayList<>();
  private final Set<String> merged = new HashSet<>();
  private final Dtype dtype;

  private DecoderWeights(
      WeightSource source,
      Architecture shape,
      Dtype dtype,
      DeviceChoice device,
      PtNDManager manager) {
    this.base = source;
    this.source = source;
    this.architecture = shape;
    this.dtype = dtype;
    owner = (PtNDManager) manager.newSubManager();
    script =
        new TorchModule(
            owner,
            TorchSource.of("weights"),
            List.of(
                TorchAttribute.of("dtype", dtype.held().code()),
                TorchAttribute.of("device", device.torchName())));
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
      LayerLayout.of(shape).forEach(place -> weights.tensors.add(weights.fill(place)));
      weights.tensors.set(LayerLayout.FREQUENCIES, weights.frequencies());
      if (shape.tiedHead()) {
        weights.tensors.set(LayerLayout.HEAD, weights.tensors.get(LayerLayout.EMBEDDING));
      }
      // Dequantized weights passed through direct buffers, which only a collection gives back.
      System.gc();
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** The tensors, in the order of {@link LayerLayout}; owned by this object. */
  public List<PtNDArray> tensors() {
    return Collections.unmodifiableList(tensors);
  }

  /**
   * The tensor of a name such as {@code model.layers.0.self_attn.q_proj.weight}; linear weights are
   * [outputs, inputs], however the files hold them.
   */
  public PtNDArray tensor(String name) {
    return views.get(name);
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

  /** Number of weights of a model of this shape, a tied head counted once. */
  public static long parameters(Architecture architecture) {
    return architecture.tensors().stream().mapToLong(ModelTensor::elements).sum();
  }

  /**
   * Puts other weights of the same architecture in the place of the base model's, until an adapter
   * is merged.
   */
  public void replace(WeightSource weights) {
    source = weights;
    brought = Map.of();
    merged.clear();
    parts.keySet().forEach(name -> write(name, NONE));
  }

  /** What the tensors were read from, whatever is merged into them. */
  public WeightSource source() {
    return source;
  }

  /**
   * Makes the tensors base + adapter; what an earlier adapter or other weights changed returns to
   * the base first.
   *
   * @param adapter checked before anything changes; one without deltas gives the base model
   */
  public void merge(PeftAdapter adapter) {
    adapter.check(architecture);
    if (source != base) {
      replace(base);
    }
    Map<String, LowRankDelta> deltas = adapter.deltas();
    brought = adapter.bases();
    for (String name : List.copyOf(merged)) {
      if (!deltas.containsKey(name)) {
        write(name, NONE);
        merged.remove(name);
      }
    }
    deltas.forEach(
        (name, delta) -> {
          merged.add(name);
          write(name, delta);
        });
  }

  /** One tensor for a place, with every part's rows written and kept as a view. */
  private PtNDArray fill(List<ModelTensor> place) {
    long[] shape = place.isEmpty() ? new long[] {0} : place.get(0).shape().clone();
    shape[0] = place.stream().mapToLong(part -> part.shape()[0]).sum();
    PtNDArray whole = owned(scope -> script.train(scope, "make", (PtNDArray) scope.create(shape)));
    long start = 0;
    for (ModelTensor part : place) {
      long row = start;
      long count = part.shape()[0];
      PtNDArray view =
          count == shape[0]
              ? whole
              : owned(
                  scope ->
                      script.train(
                          scope,
                          "rows",
                          whole,
                          (PtNDArray) scope.create(row),
                          (PtNDArray) scope.create(count)));
      parts.put(part.name(), part);
      views.put(part.name(), view);
      write(part.name(), NONE);
      start += count;
    }
    return whole;
  }

  private PtNDArray frequencies() {
    float[] values = LayerScript.frequencies(architecture);
    return values.length == 0
        ? tensors.get(LayerLayout.FREQUENCIES)
        : owned(scope -> script.train(scope, "constant", (PtNDArray) scope.create(values)));
  }

  /** A call's one result, kept as long as the weights. */
  private PtNDArray owned(Function<PtNDManager, NDList> call) {
    try (PtNDManager scope = (PtNDManager) owner.newSubManager()) {
      NDList result = call.apply(scope);
      result.attach(owner);
      return (PtNDArray) result.head();
    }
  }

  private void write(String name, LowRankDelta delta) {
    StoredTensor stored = brought.containsKey(name) ? brought.get(name) : source.read(name);
    ModelTensor part = parts.get(name);
    try (PtNDManager scope = (PtNDManager) owner.newSubManager();
        IValue target = IValue.from(tensor(name));
        IValue raw = IValue.from(wrap(scope, stored));
        IValue brain = IValue.from(stored.type() == StoredTensor.Type.BF16);
        IValue transposed = IValue.from(part.transposed());
        IValue b = matrix(scope, delta.b(), part.shape()[0], delta.rank());
        IValue a = matrix(scope, delta.a(), delta.rank(), part.shape()[part.shape().length - 1]);
        IValue scale = IValue.from(delta.scale())) {
      script.call("write", target, raw, brain, transposed, b, a, scale);
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
