package org.soft4j.speed.machine;

/**
 * Counts the floating-point operations that a model's mathematics asks for; a multiplication and an
 * addition are two. What an implementation computes beyond them (masked scores, padding, layers
 * computed again in a backward pass) does not count, nor do norms, rotations and softmax, which are
 * below a hundredth.
 *
 * @param shape of the model
 */
public record Operations(ModelShape shape) {
  /** Elements of all matrices of all layers: q, k, v, o, gate, up and down. */
  public long layerWeights() {
    long attention = shape.hidden() * (2L * shape.queries() + 2L * shape.keys());
    long feedForward = 3L * shape.hidden() * shape.intermediate();
    return shape.layers() * (attention + feedForward);
  }

  /** Elements of the output head. */
  public long headWeights() {
    return (long) shape.vocabulary() * shape.hidden();
  }

  /** Inputs plus outputs of the seven matrices, over all layers: what each rank of LoRA costs. */
  public long loraWidths() {
    long attention = 2L * (shape.hidden() + shape.queries()) + 2L * (shape.hidden() + shape.keys());
    long feedForward = 3L * (shape.hidden() + shape.intermediate());
    return shape.layers() * (attention + feedForward);
  }

  /**
   * One pass over positions: 2 x matrices a position, and in attention 2 x width of all query heads
   * for the score of a key and as much for its value, layer by layer.
   *
   * @param positions computed
   * @param attended keys seen, summed over the positions, each seeing itself and those before it
   * @param logits positions whose vocabulary logits are computed
   */
  public double forward(long positions, long attended, long logits) {
    double attention = 4.0 * shape.queries() * shape.layers() * attended;
    return 2.0 * layerWeights() * positions + attention + 2.0 * headWeights() * logits;
  }

  /**
   * The part of {@link #forward} that positions do without of which only keys and values are
   * wanted: in the last layer all but the key and value matrices.
   */
  public double lastOutputs(long positions, long attended) {
    long keysAndValues = 2L * shape.hidden() * shape.keys();
    long others = layerWeights() / shape.layers() - keysAndValues;
    return 2.0 * others * positions + 4.0 * shape.queries() * attended;
  }

  /**
   * A LoRA step: the forward pass; backward once more through the frozen matrices, whose own
   * gradients nobody needs; twice more through attention, where both factors have a gradient; and
   * three products of each adapter (forward, its input's gradient, its own).
   *
   * @param rank of the adapters on all seven matrices
   */
  public double lora(long positions, long attended, long learned, int rank) {
    double attention = 4.0 * shape.queries() * shape.layers() * attended;
    return 2 * forward(positions, 0, learned)
        + 3 * attention
        + 6.0 * rank * loraWidths() * positions;
  }

  /** Keys seen by a sequence that is computed from its first token: 1 + 2 + ... + length. */
  public static long attended(long length) {
    return length * (length + 1) / 2;
  }

  /**
   * Bytes that one decoding step of one sequence must read: every matrix once, and the keys and
   * values of the positions before.
   *
   * @param bytesPerNumber 4 in fp32, 2 in bf16, 1 in int8 for the matrices
   * @param bytesPerKey 4 or 2
   */
  public double bytesPerStep(int bytesPerNumber, int bytesPerKey, long positions) {
    double cache = 2.0 * shape.layers() * shape.keys() * positions;
    return (double) (layerWeights() + headWeights()) * bytesPerNumber + cache * bytesPerKey;
  }
}
