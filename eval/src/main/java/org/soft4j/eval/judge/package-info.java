/**
 * Judges: models, or rules, that grade answers. A {@link org.soft4j.eval.judge.Protocol} makes
 * {@link org.soft4j.eval.judge.Call calls} of answers; {@link org.soft4j.eval.judge.Judging} has
 * them answered, keeps every reply in a {@link org.soft4j.eval.judge.CallCache}, so that no call is
 * made twice, and reads the verdicts; one that cannot be read is counted and never guessed.
 *
 * <p>The protocols are FastChat's {@link org.soft4j.eval.judge.Single} and {@link
 * org.soft4j.eval.judge.Pairwise}, both guided by a reference where the category needs one, and
 * {@link org.soft4j.eval.judge.AlpacaEval}; pairs are judged in both orders always. Their judgments
 * are {@link org.soft4j.eval.judge.Rating}, {@link org.soft4j.eval.judge.Match} and {@link
 * org.soft4j.eval.judge.Preference}, summed up in a {@link org.soft4j.eval.judge.Report} each.
 *
 * <p>Questions, answers and judgments are read and written as the tools themselves do: question,
 * model_answer, reference_answer, model_judgment; model_outputs.json, annotations.json,
 * leaderboard.csv. Times are 0 in them, since equal judgings give equal bytes.
 */
package org.soft4j.eval.judge;
