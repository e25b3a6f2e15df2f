package org.soft4j.cluster.executor;

import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.Function;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;

/**
 * What an executor says of itself.
 *
 * @param id Spark's
 * @param process number of its process
 */
public record ExecutorFacts(String host, String id, long process, ProcessComputation computation) {
  /** Made once a process, since it takes a second. */
  private static final class Known {
    private static final ProcessComputation HERE = ProcessComputation.here();
  }

  /** What this process computes with. */
  public static ProcessComputation ofThisProcess() {
    return Known.HERE;
  }

  /** Refuses to compute where the digits would be others than the driver's. */
  static void require(ProcessComputation driver) {
    ofThisProcess()
        .differs(driver)
        .ifPresent(
            words -> {
              throw unlike(words);
            });
  }

  /** The refusal of executors that compute otherwise. */
  public static UserError unlike(String words) {
    return new UserError(
        "An executor computes otherwise than the machine that started the work: %s."
            .formatted(words),
        "Bind all to the smallest common instruction set, as --instructions avx2 does, or leave the"
            + " machine out of the cluster.");
  }

  /** Asks whichever executor takes the task. */
  public static final class Question implements Function<Integer, String> {
    private static final long serialVersionUID = 1L;
    // So long that tasks beside it go to other executors.
    private static final long BUSY_NANOS = 300_000_000L;

    @Override
    public String call(Integer number) {
      ExecutorFacts facts =
          new ExecutorFacts(
              ProcessComputation.host(),
              SparkEnv.get().executorId(),
              ProcessHandle.current().pid(),
              ExecutorFacts.ofThisProcess());
      LockSupport.parkNanos(BUSY_NANOS);
      return Json.line(facts);
    }
  }
}
