/**
 * The files of FastChat's llm_judge and of AlpacaEval, written as their own tools write them and
 * read back: questions, model_answer, reference_answer, model_judgment; model_outputs.json,
 * annotations.json, leaderboard.csv. Times are 0 in them, since equal judgings give equal bytes.
 */
package org.soft4j.eval.judge.files;
