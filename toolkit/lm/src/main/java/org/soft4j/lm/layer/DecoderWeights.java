package org.soft4j.lm.layer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.MappedByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * twice.
 *
 * <p>One copy of the model is held: a decoder that multiplies packed copies of matrices {@linkplain
 * #drop drops} them here, and they are read and merged again, to the same bytes, once somebody
 * wants them.
 */
public final class DecoderWeights implements AutoCloseable {
  private static final LowRankDelta NONE = new LowRankDelta(0, 0, new float[0], new float[0]);

  /**
   * Numbers of an adapter that are kept on the heap, so that what was dropped can be made again;
   * with a larger one nothing is dropped.
   */
  private static final long KEPT = 50_000_000;

  /** Direct buffers that may wait for a collection. */
  private static final long PASSED_BYTES = 128L << 20;

  private final PtNDManager owner;
  private final TorchModule script;
  private final WeightSource base;
  private WeightSource source;
  private Map<String, StoredTensor> brought = Map.of();
  private final Architecture architecture;
  private final Map<String, ModelTensor> parts = new LinkedHashMap<>();
  private final Map<String, PtNDArray> views = new HashMap<>();
  private final List<List<ModelTensor>> layout;
  private final WeightMemory memory;
  private final List<PtNDArray> tensors = new ArrayList<>();
  private final Map<String, LowRankDelta> merged = new HashMap<>();
  private final Set<Integer> dropped = new TreeSet<>();
  private boolean kept;
  private boolean large;
  private long passed;
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
    layout = LayerLayout.of(shape);
    this.dtype = dtype;
    owner = (PtNDManager) manager.newSubManager();
    script =
        new TorchModule(
            owner,
            TorchSource.of("weights"),
            List.of(
                TorchAttribute.of("dtype", dtype.held().code()),
                TorchAttribute.of("device", device.torchName())));
    memory = new WeightMemory(owner, script);
    for (int place = 0; place < layout.size(); place++) {
      boolean matrix = !layout.get(place).isEmpty() && layout.get(place).get(0).shape().length == 2;
      memory.plan(
          shape(layout.get(place)), dtype.bytes(), matrix && place >= LayerLayout.FIRST_LAYER);
    }
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
      for (int place = 0; place < weights.layout.size(); place++) {
        weights.tensors.add(weights.memory.tensor());
        weights.fill(place);
      }
      weights.tensors.set(LayerLayout.FREQUENCIES, weights.frequencies());
      if (shape.tiedHead()) {
        weights.tensors.set(LayerLayout.HEAD, weights.tensors.get(LayerLayout.EMBEDDING));
      }
      weights.collect(0);
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** The tensors, in the order of {@link LayerLayout}; owned by this object. */
  public List<PtNDArray> tensors() {
    restore();
    return Collections.unmodifiableList(tensors);
  }

  /** How many places there are, those without a tensor too. */
  public int places() {
    return layout.size();
  }

  /**
   * The tensor of a name such as {@code model.layers.0.self_attn.q_proj.weight}; linear weights are
   * [outputs, inputs], however the files hold them.
   */
  public PtNDArray tensor(String name) {
    restore();
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
    large = false;
    writeAll(parts.keySet());
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
    Set<String> changed = new HashSet<>(merged.keySet());
    brought = adapter.bases();
    merged.clear();
    merged.putAll(adapter.deltas());
    changed.addAll(merged.keySet());
    writeAll(changed);
    large = numbers() > KEPT;
    if (large) {
      merged.replaceAll((name, delta) -> NONE);
    }
  }

  /** Writes parts as they are to stand now, and with them all that was dropped. */
  private void writeAll(Set<String> names) {
    Set<String> restored = restore();
    names.stream().filter(name -> !restored.contains(name)).forEach(this::write);
  }

  /**
   * Frees a place's tensor, of which whoever asks for it holds a copy of another form; not where
   * another place has the same tensor, or where it could not be made again.
   *
   * @param place in the order of {@link LayerLayout}
   */
  public void drop(int place) {
    boolean shared = place == LayerLayout.HEAD && architecture.tiedHead();
    if (!kept && !large && !shared && source == base && dropped.add(place)) {
      PtNDArray whole = tensors.get(place);
      for (ModelTensor part : layout.get(place)) {
        PtNDArray view = views.remove(part.name());
        if (view != whole) {
          view.close();
        }
      }
      memory.drop(place, whole);
    }
  }

  /** Of the adapter that is merged. */
  private long numbers() {
    return merged.values().stream().mapToLong(d -> d.a().length + (long) d.b().length).sum();
  }

  /** Lets nothing be dropped any more: somebody goes on using the tensors. */
  public void keep() {
    restore();
    kept = true;
  }

  /** Makes what was dropped again; returns the names of its parts. */
  public Set<String> restore() {
    Set<String> restored = new HashSet<>();
    for (int place : List.copyOf(dropped)) {
      // Still dropped where its file cannot be read any more.
      fill(place);
      dropped.remove(place);
      layout.get(place).forEach(part -> restored.add(part.name()));
    }
    if (!restored.isEmpty()) {
      collect(0);
    }
    return restored;
  }

  private static long[] shape(List<ModelTensor> place) {
    long[] shape = place.isEmpty() ? new long[] {0} : place.get(0).shape().clone();
    shape[0] = place.stream().mapToLong(part -> part.shape()[0]).sum();
    return shape;
  }

  /** Gives a place's tensor memory, with every part's rows written and kept as a view. */
  private void fill(int place) {
    PtNDArray whole = tensors.get(place);
    memory.fetch(place, whole);
    long start = 0;
    for (ModelTensor part : layout.get(place)) {
      long row = start;
      long count = part.shape()[0];
      PtNDArray view =
          layout.get(place).size() == 1
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
      write(part.name());
      start += count;
    }
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

  /** Writes a part: as it is stored, and with what is merged into it. */
  private void write(String name) {
    LowRankDelta delta = merged.getOrDefault(name, NONE);
    StoredTensor stored = brought.containsKey(name) ? brought.get(name) : source.read(name);
    ModelTensor part = parts.get(name);
    passed += stored.bytes() instanceof MappedByteBuffer ? 0 : stored.bytes().capacity();
    collect(PASSED_BYTES);
    try (PtNDManager scope = (PtNDManager) owner.newSubManager();
        IValue target = IValue.from(views.get(name));
        IValue raw = IValue.from(wrap(scope, stored));
        IValue brain = IValue.from(stored.type() == StoredTensor.Type.BF16);
        IValue transposed = IValue.from(part.transposed());
        IValue b = matrix(scope, delta.b(), part.shape()[0], delta.rank());
        IValue a = matrix(scope, delta.a(), delta.rank(), part.shape()[part.shape().length - 1]);
        IValue scale = IValue.from(delta.scale())) {
      script.call("write", target, raw, brain, transposed, b, a, scale);
    }
  }

  /** Dequantized weights pass through direct buffers, which only a collection gives back. */
  private void collect(long most) {
    if (passed > most) {
      System.gc();
      passed = 0;
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
