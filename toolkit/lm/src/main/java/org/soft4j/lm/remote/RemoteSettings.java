package org.soft4j.lm.remote;

import java.time.Duration;

/**
 * Bounds on what an endpoint may cost in time, memory and patience.
 *
 * @param attempts calls made for one request before it is given up
 * @param callTime one call, from connecting to the last byte
 * @param totalTime all attempts of one request and the waits between them
 * @param maxAnswerBytes a longer answer is cut off with an error
 * @param concurrency calls under way at the same time
 * @param firstWait before the second attempt; doubled before each further one, half of it by chance
 * @param longestWait bound on the doubling
 * @param texts how the contexts of generation requests are sent
 */
public record RemoteSettings(
    int attempts,
    Duration callTime,
    Duration totalTime,
    int maxAnswerBytes,
    int concurrency,
    Duration firstWait,
    Duration longestWait,
    Texts texts) {
  /** How the context of a generation request reaches the model. */
  public enum Texts {
    /** As a user's message (chat completions); the server applies the model's chat template. */
    AS_MESSAGES,
    /** As the messages that {@link Conversation#FORMAT} wrote them from (chat completions). */
    AS_CONVERSATIONS,
    /** As it is (legacy completions), for base models and for contexts that hold all turns. */
    AS_THEY_ARE
  }

  /** Eight attempts within ten minutes, two minutes each, 4 MB, four at the same time. */
  public static final RemoteSettings DEFAULT =
      new RemoteSettings(
          8,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          4 << 20,
          4,
          Duration.ofSeconds(1),
          Duration.ofSeconds(60),
          Texts.AS_MESSAGES);

  public RemoteSettings {
    if (attempts < 1 || concurrency < 1 || maxAnswerBytes < 1) {
      throw new IllegalArgumentException("attempts, concurrency and bytes must be 1 or more");
    }
    if (callTime.isNegative() || callTime.isZero() || totalTime.compareTo(callTime) < 0) {
      throw new IllegalArgumentException("a call's time must be above 0 and within the total");
    }
  }

  /** The same bounds with so many calls under way at the same time. */
  public RemoteSettings withConcurrency(int calls) {
    return new RemoteSettings(
        attempts, callTime, totalTime, maxAnswerBytes, calls, firstWait, longestWait, texts);
  }

  /** The same bounds with contexts sent in another way. */
  public RemoteSettings withTexts(Texts how) {
    return new RemoteSettings(
        attempts, callTime, totalTime, maxAnswerBytes, concurrency, firstWait, longestWait, how);
  }
}
