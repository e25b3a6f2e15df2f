package org.soft4j.lm.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** Tells a native allocation that failed from every other fault of the engine. */
public final class OutOfMemory {
  /**
   * The processor's allocator (Linux, Windows), CUDA's, and CUDA's libraries'. oneDNN compiles a
   * kernel for every new shape, and says only that it could not where memory for it is missing.
   */
  private static final List<String> MESSAGES =
      List.of(
          "can't allocate memory",
          "not enough memory",
          "out of memory",
          "ALLOC_FAILED",
          "std::bad_alloc",
          "could not create a primitive");

  private OutOfMemory() {}

  /** Whether the engine ran out of memory. */
  public static boolean is(EngineException fault) {
    String message = String.valueOf(fault.getMessage());
    return MESSAGES.stream().anyMatch(message::contains);
  }

  /** Gives memory that libtorch keeps for later back to a GPU; nothing on a processor. */
  public static void giveBack() {
    JniUtils.emptyCudaCache();
  }

  /** The message's first line, which says how much was asked for. */
  public static String firstLine(EngineException fault) {
    return String.valueOf(fault.getMessage()).lines().findFirst().orElse("no message");
  }
}
