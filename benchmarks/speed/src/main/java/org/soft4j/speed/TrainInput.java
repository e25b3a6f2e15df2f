package org.soft4j.speed;

/**
 * An example to train on: a line of training.jsonl.
 *
 * @param prompt the zero-shot context
 * @param completion what is learned
 * @param seed of the draw of examples
 */
record TrainInput(String prompt, String completion, long seed) {}
