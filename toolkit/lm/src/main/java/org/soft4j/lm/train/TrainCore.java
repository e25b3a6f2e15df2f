package org.soft4j.lm.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.soft4j.lm.device.MachineMemory;
import org.soft4j.lm.device.MemoryBudget;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.TensorRole;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;
import org.soft4j.lm.layer.LayerLayout;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.OutOfMemory;
import org.soft4j.lm.torch.TorchAttribute;
import org.soft4j.lm.torch.TorchModule;
import org.soft4j.lm.torch.TorchSource;

/**
 * Weights, parameters, gradients and moments on the native side, and the two calls of a training
 * step: {@link #accumulate} per micro-batch, {@link #update} per step. Owns the gradients and the
 * moments; weights and parameters are the caller's and must outlive it.
 */
final class TrainCore implements Gradients, AutoCloseable {
  /** Activations kept where nobody asked how much memory is free. */
  static final long ACTIVATION_BYTES = 1L << 30;

  private final PtNDManager manager;
  private final TorchModule module;
  private final Activations activations;
  private final List<PtNDArray> parameters;
  private final List<PtNDArray> gradients = new ArrayList<>();
  private final List<PtNDArray> first = new ArrayList<>();
  private final List<PtNDArray> second = new ArrayList<>();
  private final List<PtNDArray> steps = new ArrayList<>();
  private final long activationBytes;

  /**
   * Builds the native side.
   *
   * @param weights of the model, the caller's, unchanged from the first micro-batch on
   * @param learned what changes, the caller's
   * @param longest bound on the length of a sequence
   * @param activationBytes above this many bytes of activations each layer is computed again in the
   *     backward pass
   */
  TrainCore(
      PtNDManager parent,
      Architecture architecture,
      TrainWeights weights,
      Learned learned,
      int longest,
      long activationBytes) {
    this.manager = (PtNDManager) parent.newSubManager();
    this.parameters = learned.parameters();
    this.activations = Activations.of(architecture, weights, learned);
    this.activationBytes = activationBytes;
    List<TorchAttribute> attributes = attributes(architecture, learned, longest, isGpu());
    attributes.add(LayerScript.packs());
    attributes.add(TorchAttribute.of("packing", packing(weights)));
    attributes.add(TorchAttribute.of("parted", !activations.padded()));
    String products = LayerScript.packed(isGpu()) ? "packed_gradients" : "plain_gradients";
    this.module = new TorchModule(manager, TorchSource.of("lora", products), attributes);
    try (IValue places = list(weights.places());
        IValue windowed = IValue.listFrom(LayerScript.windowed(architecture));
        IValue linears = list(weights.linears());
        IValue slots =
            IValue.listFrom(learned.slots().stream().mapToLong(Long::longValue).toArray())) {
      module.call("set_layers", places, windowed);
      module.call("set_linears", linears);
      if (!learned.full()) {
        module.call("set_slots", slots);
      }
    }
    parameters.forEach(this::addState);
    shareState();
  }

  private boolean isGpu() {
    return manager.getDevice().isGpu();
  }

  /**
   * Whether frozen fp32 weights are packed for the fast path: one more copy of them, hence only
   * where memory is free for four.
   */
  private boolean packing(TrainWeights weights) {
    PtNDArray embedding = weights.places().get(LayerLayout.EMBEDDING);
    long bytes = 4 * weights.places().stream().mapToLong(PtNDArray::size).sum();
    return LayerScript.packed(isGpu())
        && activations.byHand()
        && embedding.getDataType() == DataType.FLOAT32
        && MachineMemory.of(manager.getDevice()) > 4 * bytes;
  }

  private static List<TorchAttribute> attributes(
      Architecture a, Learned learned, int longest, boolean gpu) {
    List<TorchAttribute> attributes = new ArrayList<>(LayerScript.attributes(a));
    for (String tensors :
        List.of("linears", "parameters_", "gradients", "first", "second", "steps")) {
      attributes.add(TorchAttribute.list(tensors));
    }
    boolean joined =
        a.layerTensors(0).stream().anyMatch(tensor -> tensor.role() == TensorRole.QUERY_KEY_VALUE);
    attributes.add(TorchAttribute.list("slots"));
    attributes.add(TorchAttribute.list("seeds"));
    attributes.add(TorchAttribute.of("scale", learned.scale()));
    attributes.add(TorchAttribute.of("dropout", learned.dropout()));
    attributes.add(TorchAttribute.of("full", learned.full()));
    attributes.add(TorchAttribute.of("inner", learned.inner()));
    attributes.add(TorchAttribute.of("joined", joined));
    attributes.add(TorchAttribute.of("intermediate", a.intermediateSize()));
    attributes.add(TorchAttribute.of("positions", longest));
    // Logits held at a time, and as much for their gradient.
    long logits = gpu ? 64L << 20 : MemoryBudget.REUSED_BLOCK;
    attributes.add(
        TorchAttribute.of("chunk", (int) Math.max(1, logits / (4L * a.vocabularySize()))));
    return attributes;
  }

  private void addState(PtNDArray parameter) {
    Shape shape = parameter.getShape();
    gradients.add((PtNDArray) manager.zeros(shape, DataType.FLOAT32));
    first.add((PtNDArray) manager.zeros(shape, DataType.FLOAT32));
    second.add((PtNDArray) manager.zeros(shape, DataType.FLOAT32));
    steps.add((PtNDArray) manager.zeros(new Shape(), DataType.FLOAT32));
  }

  private void shareState() {
    try (IValue p = list(parameters);
        IValue g = list(gradients);
        IValue m = list(first);
        IValue v = list(second);
        IValue t = list(steps)) {
      module.call("set_parameters", p, g, m, v, t);
    }
  }

  private static IValue list(List<PtNDArray> tensors) {
    return IValue.listFrom(tensors.toArray(PtNDArray[]::new));
  }

  @Override
  public double accumulate(MicroBatch micro, long batchLearned, long seed) {
    return accumulate(
        activations.byHand() ? "accumulate_adapters" : "accumulate", micro, batchLearned, seed);
  }

  /**
   * Tokens of a micro-batch: as many as wanted, but on a processor no more than whose activations
   * fit {@link #ACTIVATION_BYTES}. Larger products are no faster there, and the bound must not
   * follow the free memory, since another split rounds differently.
   */
  int tokensPerMicroBatch(int wanted) {
    if (isGpu()) {
      return wanted;
    }
    return (int) Math.max(1, Math.min(wanted, ACTIVATION_BYTES / activations.perToken()));
  }

  /** The same by autograd alone, however fast that is. */
  double accumulateByAutograd(MicroBatch micro, long batchLearned, long seed) {
    return accumulate("accumulate", micro, batchLearned, seed);
  }

  private double accumulate(String method, MicroBatch micro, long batchLearned, long seed) {
    boolean recompute = activations.bytes(micro) > activationBytes;
    long[] sizes = BatchLayout.sizes(micro, batchLearned, recompute, seed);
    JniUtils.setGradMode(true);
    try (PtNDManager scope = (PtNDManager) manager.newSubManager();
        NDList result =
            module.train(
                scope,
                method,
                tensor(scope, micro.ids()),
                tensor(scope, micro.positions()),
                tensor(scope, micro.pad()),
                tensor(scope, micro.unpad()),
                tensor(scope, micro.targets()),
                tensor(scope, micro.labels()),
                (PtNDArray) scope.create(sizes))) {
      return result.head().getDouble();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  private static PtNDArray tensor(PtNDManager scope, long[] values) {
    return values.length == 0
        ? (PtNDArray) scope.zeros(new Shape(0), DataType.INT64)
        : (PtNDArray) scope.create(values);
  }

  @Override
  public void forget() {
    module.call("forget");
    OutOfMemory.giveBack();
  }

  @Override
  public double update(TrainingRecipe.AdamW adam, double rate) {
    try (IValue lr = IValue.from(rate);
        IValue beta1 = IValue.from(adam.beta1());
        IValue beta2 = IValue.from(adam.beta2());
        IValue epsilon = IValue.from(adam.epsilon());
        IValue decay = IValue.from(adam.weightDecay());
        IValue clip = IValue.from(adam.clipNorm());
        IValue norm = module.run("update", lr, beta1, beta2, epsilon, decay, clip)) {
      return norm.toDouble();
    }
  }

  List<float[]> parameters() {
    return values(parameters);
  }

  List<float[]> gradients() {
    return values(gradients);
  }

  /**
   * Copies to Java; on a GPU the engine leaves its copy with the array's manager, hence a scope.
   */
  private List<float[]> values(List<PtNDArray> tensors) {
    List<float[]> values = new ArrayList<>();
    for (PtNDArray tensor : tensors) {
      try (PtNDManager scope = (PtNDManager) manager.newSubManager();
          NDArray copy = tensor.duplicate()) {
        copy.attach(scope);
        values.add(copy.toFloatArray());
      }
    }
    return values;
  }

  @Override
  public byte[] parameterBytes() {
    return bytes(parameters);
  }

  /** What was added up since the last update, as {@link MicroBatchResult} has it. */
  byte[] gradientBytes() {
    return bytes(gradients);
  }

  private byte[] bytes(List<PtNDArray> tensors) {
    ByteBuffer all = ByteBuffer.allocate(4 * Math.toIntExact(numbers()));
    for (PtNDArray tensor : tensors) {
      try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
        all.put(NativeTensors.stored(scope, tensor).bytes().slice());
      }
    }
    return all.array();
  }

  private long numbers() {
    return parameters.stream().mapToLong(PtNDArray::size).sum();
  }

  @Override
  public void add(byte[] summand) {
    JniUtils.setGradMode(false);
    each(summand, gradients, (gradient, source) -> gradient.addi(source));
  }

  /** Takes parameters that stand elsewhere. */
  void set(byte[] values) {
    JniUtils.setGradMode(false);
    each(values, parameters, (parameter, source) -> source.copyTo(parameter));
  }

  private void each(byte[] values, List<PtNDArray> tensors, BiConsumer<PtNDArray, NDArray> work) {
    if (values.length != 4 * numbers()) {
      throw new IllegalArgumentException(
          "%s bytes came for %s numbers".formatted(values.length, numbers()));
    }
    int at = 0;
    for (PtNDArray tensor : tensors) {
      int length = Math.toIntExact(4 * tensor.size());
      ByteBuffer part = ByteBuffer.wrap(values, at, length).slice();
      try (NDArray source = manager.create(part, tensor.getShape(), DataType.FLOAT32)) {
        work.accept(tensor, source);
      }
      at += length;
    }
  }

  /** The parameters' own tensors. */
  List<PtNDArray> tensors() {
    return parameters;
  }

  /**
   * What a checkpoint holds, by name.
   *
   * @param scope owner of what has to be copied from a GPU
   */
  LinkedHashMap<String, StoredTensor> state(PtNDManager scope) {
    LinkedHashMap<String, StoredTensor> state = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      state.put("parameter." + i, NativeTensors.stored(scope, parameters.get(i)));
      state.put("first." + i, NativeTensors.stored(scope, first.get(i)));
      state.put("second." + i, NativeTensors.stored(scope, second.get(i)));
    }
    return state;
  }

  /** Puts back what a checkpoint holds. */
  void restore(WeightSource state, int step) {
    JniUtils.setGradMode(false);
    for (int i = 0; i < parameters.size(); i++) {
      copy(state.read("parameter." + i), parameters.get(i));
      copy(state.read("first." + i), first.get(i));
      copy(state.read("second." + i), second.get(i));
      try (NDArray done = manager.create((float) step)) {
        done.copyTo(steps.get(i));
      }
    }
  }

  private void copy(StoredTensor from, PtNDArray to) {
    try (NDArray source = manager.create(from.bytes().slice(), to.getShape(), DataType.FLOAT32)) {
      source.copyTo(to);
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
