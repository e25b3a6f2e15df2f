/**
 * Judges: models that grade answers. FastChat's single, pairwise and reference-guided protocols
 * (one turn and two) and AlpacaEval's comparison with a baseline, in both orders always. Answers
 * come in as values and judgements go out as values; {@link org.soft4j.eval.judge.Judging} is the
 * way in.
 *
 * <p>Every reply is kept in a {@link org.soft4j.eval.judge.CallCache}, so that no call is made
 * twice; a verdict that cannot be read is counted and never guessed.
 */
package org.soft4j.eval.judge;
