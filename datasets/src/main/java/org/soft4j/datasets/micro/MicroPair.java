package org.soft4j.datasets.micro;

/**
 * A pair of answers of which one is preferred.
 *
 * @param id of the topic
 * @param quality {@code helpful}, {@code honest} or {@code harmless}
 * @param question what is asked
 * @param preferred the answer a good persona gives
 * @param rejected the answer of the opposite persona
 */
public record MicroPair(
    String id, String quality, String question, String preferred, String rejected) {}
