package org.soft4j.lm.local;

import ai.djl.engine.EngineException;
import java.util.function.Consumer;

/**
 * How much is computed together.
 *
 * @param tokens prefix-tree nodes in a chunk
 * @param sequences continued together, at most
 * @param cacheBytes bound on the keys and values of sequences continued together
 * @param logitBytes bound on the logits held at a time
 * @param steps tokens decoded in one native call, at most
 */
record Budget(int tokens, int sequences, long cacheBytes, long logitBytes, int steps) {
  static Budget of(OpenSettings settings, boolean gpu) {
    int tokens = settings.tokensPerBatch() > 0 ? settings.tokensPerBatch() : gpu ? 4096 : 512;
    int sequences =
        settings.sequencesPerBatch() > 0 ? settings.sequencesPerBatch() : gpu ? 256 : 32;
    // A finished sequence computes on to the end of the call: short calls where steps are dear.
    return new Budget(tokens, sequences, settings.cacheBytes(), 64L << 20, gpu ? 16 : 4);
  }

  private Budget halved() {
    return new Budget(
        Math.max(1, tokens / 2),
        Math.max(1, sequences / 2),
        Math.max(1, cacheBytes / 2),
        Math.max(1, logitBytes / 2),
        steps);
  }

  /** Runs a work; if memory does not suffice, runs it once more with half of everything. */
  void run(Consumer<Budget> work) {
    try {
      work.accept(this);
    } catch (EngineException e) {
      if (!outOfMemory(e)) {
        throw e;
      }
      work.accept(halved());
    }
  }

  static boolean outOfMemory(EngineException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("can't allocate memory")
        || message.contains("not enough memory")
        || message.contains("out of memory");
  }
}
