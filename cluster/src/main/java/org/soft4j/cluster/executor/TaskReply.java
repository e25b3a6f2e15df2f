package org.soft4j.cluster.executor;

import java.util.function.Supplier;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;

/**
 * What a task sends back. A user's error is a value here: thrown, it would be tried four times, and
 * arrive as the cause of something else.
 *
 * @param host that computed
 * @param problem of a user's error; empty where there is none
 * @param remedy of that error
 * @param computed positions
 * @param asked positions that computing every text for itself would have taken
 * @param results as the kind of task has them
 */
public record TaskReply(
    String host, String problem, String remedy, long computed, long asked, String results) {
  static TaskReply of(String results) {
    return new TaskReply(ProcessComputation.host(), "", "", 0, 0, results);
  }

  /** The reply of some work as a line. */
  static String line(Supplier<TaskReply> work) {
    TaskReply reply;
    try {
      reply = work.get();
    } catch (UserError refused) {
      reply =
          new TaskReply(
              ProcessComputation.host(),
              refused.problem(),
              String.valueOf(refused.remedy()),
              0,
              0,
              "");
    }
    return Json.line(reply);
  }

  /**
   * Reads a reply.
   *
   * @throws UserError the one that ended the task
   */
  public static TaskReply read(String line) {
    TaskReply reply = Json.read(line, TaskReply.class, "a task's reply");
    if (!reply.problem().isEmpty()) {
      throw new UserError(
          "%s (executor on %s)".formatted(reply.problem(), reply.host()), reply.remedy());
    }
    return reply;
  }
}
