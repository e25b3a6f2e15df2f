package org.soft4j.eval.judge;

import java.util.List;
import java.util.function.Function;

/** A whole judging as values: the calls it needs, and how their replies become judgements. */
public interface JudgingPlan<J> {
  /** All calls, in a fixed order; equal ones are made once. */
  List<JudgeCall> calls();

  /**
   * The judgements, in a fixed order, given every call's reply.
   *
   * @param verdicts reads and counts
   */
  List<J> judgements(Function<JudgeCall, JudgeReply> replies, Verdicts verdicts);
}
