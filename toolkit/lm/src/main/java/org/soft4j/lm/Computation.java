package org.soft4j.lm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.Json;

/**
 * What the bytes of results depend on besides a model's files and the requests: where two of them
 * are equal, equal chunks give equal bytes; where they differ, numbers agree within rounding.
 *
 * @param device {@code cpu} or {@code gpu:N}
 * @param dtype number format of the weights
 * @param threads processor threads of the kernels, which add sums up in parts
 * @param kernels which code computes
 * @param batches how much is computed together
 */
public record Computation(
    String device, String dtype, int threads, Kernels kernels, Batches batches) {
  /**
   * Which code computes. Each of the libraries chooses it by the processor, below a bound that an
   * environment variable may set.
   *
   * @param aten libtorch's own: {@code AVX512}, {@code AVX2} or {@code DEFAULT} (no vector
   *     instructions beyond the baseline); bounded by ATEN_CPU_CAPABILITY
   * @param onednn oneDNN's highest level, such as {@code AVX512_CORE_AMX}; bounded by
   *     ONEDNN_MAX_CPU_ISA
   * @param mkl MKL's highest level, such as {@code AVX512}; bounded by MKL_ENABLE_INSTRUCTIONS
   * @param processor its maker as it names itself, since MKL chooses by it too; the card of a GPU;
   *     the architecture where neither is known
   * @param libtorch version of the library
   */
  public record Kernels(String aten, String onednn, String mkl, String processor, String libtorch) {
    /**
     * In which ways a computation differs from a recorded one.
     *
     * @param computation as a {@link Computation} stands in run.json or eval.json; one that is
     *     missing, as earlier versions have it, tells of no difference
     */
    public static List<String> differences(JsonNode computation, Computation now) {
      JsonNode recorded = computation.path("kernels");
      return recorded.isMissingNode()
          ? List.of()
          : Json.mapper().convertValue(recorded, Kernels.class).differences(now.kernels());
    }

    /** In which ways another one differs, such as {@code aten: AVX512 and AVX2}. */
    public List<String> differences(Kernels other) {
      List<String> found = new ArrayList<>();
      differing(found, "aten", aten, other.aten);
      differing(found, "onednn", onednn, other.onednn);
      differing(found, "mkl", mkl, other.mkl);
      differing(found, "processor", processor, other.processor);
      differing(found, "libtorch", libtorch, other.libtorch);
      return List.copyOf(found);
    }
  }

  /**
   * How much is computed together; it follows the free memory where nobody has set it.
   *
   * @param nodes of a prefix tree in one pass
   * @param sequences continued together, at most
   * @param cacheBytes bound on the keys and values of those
   * @param logitBytes bound on the logits held at a time
   * @param steps tokens decoded in one native call, at most
   */
  public record Batches(int nodes, int sequences, long cacheBytes, long logitBytes, int steps) {
    /** In which ways another one differs. */
    public List<String> differences(Batches other) {
      List<String> found = new ArrayList<>();
      differing(found, "nodes", nodes, other.nodes);
      differing(found, "sequences", sequences, other.sequences);
      differing(found, "cache_bytes", cacheBytes, other.cacheBytes);
      differing(found, "logit_bytes", logitBytes, other.logitBytes);
      differing(found, "steps", steps, other.steps);
      return List.copyOf(found);
    }
  }

  /** In which ways another one differs, each in words; empty where bytes must be equal. */
  public List<String> differences(Computation other) {
    List<String> found = new ArrayList<>();
    differing(found, "device", device, other.device);
    differing(found, "dtype", dtype, other.dtype);
    differing(found, "threads", threads, other.threads);
    found.addAll(kernels.differences(other.kernels));
    found.addAll(batches.differences(other.batches));
    return List.copyOf(found);
  }

  private static void differing(List<String> found, String what, Object mine, Object others) {
    if (!mine.equals(others)) {
      found.add("%s: %s and %s".formatted(what, mine, others));
    }
  }
}
