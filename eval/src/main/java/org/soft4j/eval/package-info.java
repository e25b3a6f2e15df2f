/**
 * Evaluation: a {@link org.soft4j.eval.Task} is a card and a list of items; an item makes its
 * requests, and its {@link org.soft4j.eval.Scorer scorers} turn the answers into metrics; {@link
 * org.soft4j.eval.TaskEvaluation} runs tasks on a language model, keeps every sample, and gives
 * means with standard errors. Knows no particular benchmark, and no SOFT.
 */
package org.soft4j.eval;
