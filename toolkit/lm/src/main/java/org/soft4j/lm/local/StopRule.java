package org.soft4j.lm.local;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * What ends a response: tokens, and texts that it must not hold.
 *
 * <p>A text is sought in the response as people read it and in the response with its special tokens
 * written out, since models end their turns by special tokens (transformers' stop_strings and the
 * harness's {@code until} match these too). A text that is one special token is that token's id.
 */
final class StopRule {
  private final Set<Integer> ids;
  private final List<String> texts;
  private final int[] context;
  private final Tokenizer tokenizer;

  /**
   * Makes a rule.
   *
   * @param model the model's own stop tokens
   * @param stops the request's texts
   * @param context the tokens that the response follows
   */
  StopRule(Set<Integer> model, List<String> stops, int[] context, Tokenizer tokenizer) {
    ids = new HashSet<>(model);
    stops.stream().map(tokenizer::id).filter(tokenizer::special).forEach(ids::add);
    texts = stops.stream().filter(text -> !text.isEmpty()).toList();
    this.context = context;
    this.tokenizer = tokenizer;
  }

  boolean ends(int token) {
    return ids.contains(token);
  }

  /** The text of a response, special tokens left out. */
  String text(int[] tokens) {
    return tokenizer.decodeAfter(context, tokens);
  }

  /** The text before the first stop text, where the response holds one. */
  Optional<String> cut(int[] tokens) {
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    String read = text(tokens);
    int at = found(read);
    Optional<String> plain = at < 0 ? Optional.empty() : Optional.of(read.substring(0, at));
    if (Arrays.stream(tokens).noneMatch(tokenizer::special)) {
      return plain;
    }
    String spelled = spelled(tokens);
    int special = found(spelled);
    if (special < 0) {
      return plain;
    }
    String before = before(spelled.substring(0, special), tokens);
    return plain.filter(text -> text.length() <= before.length()).or(() -> Optional.of(before));
  }

  /** What people read of the tokens that spell a text, and of the text's rest within one token. */
  private String before(String spelled, int[] tokens) {
    int whole = tokens.length;
    while (whole > 0 && !spelled.startsWith(spelled(Arrays.copyOf(tokens, whole)))) {
      whole--;
    }
    int[] kept = Arrays.copyOf(tokens, whole);
    boolean within = whole < tokens.length && !tokenizer.special(tokens[whole]);
    return text(kept) + (within ? spelled.substring(spelled(kept).length()) : "");
  }

  private String spelled(int[] tokens) {
    return tokenizer.decodeAfterWithSpecial(context, tokens);
  }

  private int found(String text) {
    return texts.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }
}
