package org.soft4j.lm.remote;

import java.util.Map;
import java.util.Set;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;

/**
 * An endpoint's answer.
 *
 * @param text what the model says
 * @param finish why it ended, as far as the server tells
 * @param caveats what keeps it from being a plain answer
 * @param promptTokens as the server counts them; 0 where it does not say
 * @param newTokens likewise
 * @param firstToken natural logarithms of the probabilities of the most likely first tokens; empty
 *     where they were not asked for or the server does not tell
 */
public record ChatReply(
    String text,
    Generation.Finish finish,
    Set<Caveat> caveats,
    int promptTokens,
    int newTokens,
    Map<String, Double> firstToken) {
  public ChatReply {
    caveats = Set.copyOf(caveats);
    firstToken = Map.copyOf(firstToken);
  }

  /** The same with more caveats. */
  ChatReply with(Set<Caveat> more) {
    return new ChatReply(
        text, finish, Caveat.set(caveats, more), promptTokens, newTokens, firstToken);
  }

  /** The same without the key, which may be spread over what was joined. */
  ChatReply hiding(ApiKey key) {
    String hidden = key.hide(text);
    return hidden.equals(text)
        ? this
        : new ChatReply(
            hidden,
            finish,
            Caveat.set(caveats, Set.of(Caveat.KEY_HIDDEN)),
            promptTokens,
            newTokens,
            firstToken);
  }

  /** The same where the bound that was reached is what the window had room for. */
  ChatReply endedByWindow() {
    return finish == Generation.Finish.LENGTH && caveats.stream().noneMatch(Caveat::ofTheWindow)
        ? with(Set.of(Caveat.WINDOW_FULL))
        : this;
  }
}
