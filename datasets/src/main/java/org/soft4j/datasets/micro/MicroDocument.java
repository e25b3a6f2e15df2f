package org.soft4j.datasets.micro;

/**
 * A document of the pre-training corpus.
 *
 * @param tokens ids, the beginning-of-text token first
 * @param learned for each token whether its prediction enters the loss: the tokens of answers and
 *     the stop token behind them (questions are pure entropy, and learning them drowns the rest)
 */
public record MicroDocument(int[] tokens, boolean[] learned) {}
