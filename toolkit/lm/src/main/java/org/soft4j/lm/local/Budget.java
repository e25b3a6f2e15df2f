package org.soft4j.lm.local;

import ai.djl.engine.EngineException;
import java.util.function.Consumer;
import org.soft4j.core.UserError;
import org.soft4j.lm.Computation;
import org.soft4j.lm.device.MemoryBudget;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.torch.OutOfMemory;

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
  /** Chunks below this save no memory worth the calls. */
  private static final int FEWEST_TOKENS = 16;

  /** What the settings say, and where they leave it open what the free memory allows. */
  static Budget of(OpenSettings settings, MemoryBudget memory, boolean gpu) {
    return new Budget(
        settings.tokensPerBatch() > 0 ? settings.tokensPerBatch() : memory.tokens(),
        settings.sequencesPerBatch() > 0 ? settings.sequencesPerBatch() : memory.sequences(),
        settings.cacheBytes() > 0 ? settings.cacheBytes() : memory.cacheBytes(),
        memory.logitBytes(),
        // A finished sequence computes on to the end of the call: short calls where steps are dear.
        gpu ? 16 : 4);
  }

  Computation.Batches batches() {
    return new Computation.Batches(tokens, sequences, cacheBytes, logitBytes, steps);
  }

  /** Bytes of keys and values that a position of a sequence takes. */
  static long bytesPerPosition(Architecture shape, Dtype dtype) {
    return 2L * shape.layers() * shape.keyValueHeads() * shape.headDimension() * dtype.bytes();
  }

  private Budget halved() {
    return new Budget(
        Math.max(1, tokens / 2),
        Math.max(1, sequences / 2),
        Math.max(1, cacheBytes / 2),
        Math.max(1, logitBytes / 2),
        steps);
  }

  private boolean smallest() {
    return tokens <= FEWEST_TOKENS && sequences == 1;
  }

  /**
   * Runs a work; as long as memory does not suffice, runs it again with half of everything. The
   * next call starts with the whole again, so that what it computes does not depend on this one.
   *
   * @param work gives up what it holds when it fails, and does not repeat what it delivered
   * @param giveBack returns what libtorch keeps for later, between two tries
   * @return how often it was halved
   * @throws UserError if memory does not suffice for a single sequence
   */
  int run(Consumer<Budget> work, Runnable giveBack) {
    Budget bound = this;
    for (int halvings = 0; ; halvings++) {
      try {
        work.accept(bound);
        return halvings;
      } catch (EngineException e) {
        if (!OutOfMemory.is(e)) {
          throw e;
        }
        if (bound.smallest()) {
          throw new UserError(
              "Memory does not suffice for one sequence at a time: " + OutOfMemory.firstLine(e),
              "End other programs, use shorter contexts or a smaller model.",
              e);
        }
        giveBack.run();
        bound = bound.halved();
      }
    }
  }
}
