package org.soft4j.eval;

/**
 * What becomes of texts and answers before they are scored, whatever the benchmark: the choices of
 * whoever measures, kept together so that none is lost on its way to the model.
 *
 * @param overlong what is done with texts beyond the model's window
 * @param dropReasoning whether marked reasoning is taken out of written answers before they are
 *     scored or judged; stop strings then end the answer, not the reasoning
 */
public record AnswerRules(OverlongPolicy overlong, boolean dropReasoning) {
  /** Texts beyond the window are treated as each task has it, answers are as they were written. */
  public static final AnswerRules AS_WRITTEN = new AnswerRules(OverlongPolicy.AUTO, false);
}
