package org.soft4j.lm.local;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.LayerScript;
import org.soft4j.lm.torch.OutOfMemory;
import org.soft4j.lm.torch.TorchAttribute;
import org.soft4j.lm.torch.TorchModule;
import org.soft4j.lm.torch.TorchSource;

/**
 * The decoder's native methods as Java ones. Keeps the keys and values of one prefix-tree walk and
 * of some slots, hence one call of generate or score at a time.
 */
final class Decoder implements AutoCloseable {
  /** Products like multiples of this many rows and positions; as in {@code kernel.py}. */
  static final int ROWS = 32;

  private final PtNDManager manager;
  private final DecoderWeights weights;
  private final TorchModule module;
  private final boolean divides;
  private boolean packing = true;
  private boolean packed;
  private long computedPositions;

  Decoder(PtNDManager manager, DecoderWeights weights, boolean gpu) {
    this.manager = manager;
    this.weights = weights;
    var shape = weights.architecture();
    divides = !gpu && shape.kind().window().size() == 0;
    LinearScript linear = LinearScript.of(weights.dtype(), gpu);
    module =
        new TorchModule(
            manager, TorchSource.of("decoder", linear.part()), attributes(shape, linear, !gpu));
    long[] stops = shape.stopTokens().stream().mapToLong(Integer::longValue).toArray();
    try (NativeCall layers = new NativeCall(manager);
        NativeCall ends = new NativeCall(manager)) {
      layers.tensors(weights.tensors()).numbers(LayerScript.windowed(shape));
      layers.call(module, "set_layers");
      ends.numbers(stops).call(module, "set_stops");
    }
  }

  /**
   * What {@code decoder.py} and the form of multiplying declare.
   *
   * @param products whether a decoding step attends by matrix products rather than by the fused
   *     operator, which is slow for one query and many keys on a processor
   */
  private static List<TorchAttribute> attributes(
      Architecture shape, LinearScript linear, boolean products) {
    List<TorchAttribute> attributes = new ArrayList<>(LayerScript.attributes(shape));
    attributes.addAll(linear.attributes());
    for (String cache :
        List.of("path_keys", "path_values", "path_hidden", "slot_keys", "slot_values")) {
      attributes.add(TorchAttribute.list(cache));
    }
    attributes.add(TorchAttribute.list("stops"));
    attributes.add(TorchAttribute.of("products", products));
    attributes.add(TorchAttribute.of("common", 0));
    attributes.add(TorchAttribute.of("room", 0));
    attributes.add(TorchAttribute.of("hidden", shape.hiddenSize()));
    attributes.add(TorchAttribute.of("group", shape.heads() / shape.keyValueHeads()));
    return attributes;
  }

  /** Positions computed by walks so far: the nodes of the prefix trees. */
  long computedPositions() {
    return computedPositions;
  }

  /** Makes room for a path of a prefix tree. */
  void openPath(int depth) {
    pack();
    try (NativeCall call = new NativeCall(manager)) {
      call.number(depth).call(module, "open_path");
    }
  }

  /** Packs place by place and gives the plain matrix up each time: never all of them twice. */
  private void pack() {
    if (packed) {
      return;
    }
    forget();
    weights.restore();
    for (int place = 0; packing && place < weights.places(); place++) {
      try (IValue number = IValue.from(place);
          IValue copied = module.run("pack_place", number)) {
        if (copied.toLong() == 1) {
          weights.drop(place);
        }
      }
    }
    packed = packing;
  }

  /** Whether attention may be divided into the path's part and the rest. */
  boolean divides() {
    return divides;
  }

  /**
   * Whether to multiply packed copies of the weights, which is faster. Without them oneDNN is not
   * used either, which compiles a kernel for every new shape and keeps it.
   */
  void packing(boolean wanted) {
    packing = wanted;
    if (!wanted) {
      forget();
    }
  }

  /** Tells that the weights have changed or are needed elsewhere: drops packed copies. */
  void forget() {
    module.call("unpack");
    packed = false;
  }

  /**
   * Makes room for sequences that are continued together.
   *
   * @param length positions of a slot, after the common ones
   * @param common first positions that all sequences share; these stay on the path, which must not
   *     leave them. 0 where the decoder does not divide
   */
  void openSlots(int slots, int length, int common) {
    try (NativeCall call = new NativeCall(manager)) {
      call.number(slots).number(length).number(slotSize(length)).number(common);
      call.call(module, "open_slots");
    }
  }

  /** Positions that a slot holds memory for. */
  static int slotSize(int length) {
    return (length + ROWS - 1) / ROWS * ROWS;
  }

  /** Frees the path and the slots. */
  void release() {
    module.call("release");
  }

  /** Copies one slot's first positions onto another. */
  void move(int source, int target, int length) {
    try (NativeCall call = new NativeCall(manager)) {
      call.number(source).number(target).number(length).call(module, "move");
    }
  }

  /**
   * Computes the keys and values of a chunk and fills slots with those of whole paths.
   *
   * @param leaves three rows: slot, length of the cached path shared, last node in the chunk or -1
   */
  void fill(TreeChunk chunk, long[][] leaves) {
    try (NativeCall call = new NativeCall(manager)) {
      chunk.addTo(call, divides).matrix(leaves, leaves[0].length).call(module, "fill");
    }
    computedPositions += chunk.size();
  }

  /**
   * Computes a chunk and measures tokens after its nodes or after nodes of the cached path.
   *
   * @param rows nodes, counted through the cached path and the chunk
   * @param pairs two rows: place in {@code rows}, never falling, and target token
   * @param slice nodes whose logits are held at a time
   * @return log-probability, entropy and 1 for greedy, target by target
   */
  double[] score(TreeChunk chunk, long[] rows, long[][] pairs, int slice) {
    try (NativeCall call = new NativeCall(manager)) {
      chunk.addTo(call, divides).vector(rows).matrix(pairs, pairs[0].length).number(slice);
      double[] result = call.doubles(module, "score");
      computedPositions += chunk.size();
      return result;
    }
  }

  /**
   * Continues the sequences in the first slots.
   *
   * @param state two rows: the token to feed, its position
   * @param left tokens each sequence may still get
   * @param how temperature, top-k and top-p, sequence by sequence
   * @param draws numbers in [0, 1), sequence by sequence, {@code steps} each
   * @param longest largest position in {@code state}
   * @return token, log-probability and entropy, step by step within sequence by sequence; fewer
   *     steps than asked for when all sequences end before
   */
  double[] decode(
      long[][] state, long[] left, double[] how, double[] draws, int steps, int longest, int kind) {
    int rows = left.length;
    try (NativeCall call = new NativeCall(manager)) {
      call.matrix(state, rows)
          .vector(left)
          .matrix(how, rows, TokenLayout.HOW_COLUMNS)
          .matrix(draws, rows, steps);
      return call.number(longest).number(kind).doubles(module, "decode");
    }
  }

  @Override
  public void close() {
    module.close();
  }

  /**
   * Runs a work, and frees the caches however it ends.
   *
   * @param threads of the kernels
   * @return how often memory did not suffice and everything was halved
   */
  int run(Budget budget, int threads, Consumer<Budget> work) {
    // The number of threads belongs to the calling thread.
    JniUtils.setNumThreads(threads);
    packing(true);
    return budget.run(
        smaller -> {
          try {
            work.accept(smaller);
          } finally {
            release();
          }
        },
        () -> {
          packing(false);
          OutOfMemory.giveBack();
        });
  }
}
