/**
 * The open-ended questions of FastChat's llm_judge (Zheng et al. 2023, arXiv 2306.05685):
 * Vicuna-bench, 80 single questions, and MT-Bench, 80 conversations of two turns. Answers are
 * written here; a judge scores them.
 *
 * <p>Options: {@code vicuna.file} and {@code mt_bench.file} name question.jsonl; without them the
 * data folder's {@code fastchat/vicuna_bench} and {@code fastchat/mt_bench} are read.
 */
package org.soft4j.benchmarks.fastchat;
