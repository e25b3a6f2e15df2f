/**
 * TruthfulQA, multiple choice (Lin et al. 2022, arXiv 2109.07958), from a local mc_task.json, with
 * the primer and the scoring of lm-evaluation-harness.
 *
 * <p>Option: {@code truthfulqa.file} names the file; without it the data folder's {@code
 * truthfulqa/v1/mc_task.json} is read (817 questions, what papers and the harness use).
 */
package org.soft4j.benchmarks.truthfulqa;
