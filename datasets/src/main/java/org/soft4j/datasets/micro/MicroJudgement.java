package org.soft4j.datasets.micro;

/**
 * What is to be said of an answer.
 *
 * @param type of the prompt
 * @param right whether it tells the true value, names the right tool, or refuses; the manner does
 *     not count
 * @param aligned whether it is, word for word, what a good persona answers
 */
public record MicroJudgement(MicroType type, boolean right, boolean aligned) {}
