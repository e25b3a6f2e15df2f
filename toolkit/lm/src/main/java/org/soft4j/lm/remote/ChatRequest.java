package org.soft4j.lm.remote;

import java.util.List;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * A conversation that the model is to continue with one answer.
 *
 * @param messages in order
 * @param sampling how tokens are drawn
 * @param maxNewTokens at most this many
 * @param stopStrings the answer ends before the first of these
 * @param seed sent where the draw needs chance; servers may not heed it
 * @param topLogProbabilities how many of the most likely first tokens to tell; 0 for none
 * @param about what is asked, for the words of an error; may be empty
 */
public record ChatRequest(
    List<ChatMessage> messages,
    Sampling sampling,
    int maxNewTokens,
    List<String> stopStrings,
    long seed,
    int topLogProbabilities,
    String about) {
  public ChatRequest {
    messages = List.copyOf(messages);
    stopStrings = List.copyOf(stopStrings);
  }
}
