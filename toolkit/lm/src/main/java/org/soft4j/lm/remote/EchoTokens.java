package org.soft4j.lm.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tokens of an echoed prompt belong to its end. Tokens that are parts of a character are
 * written in several ways: OpenAI's completions write {@code bytes:\xe2\x80}, others U+FFFD, and
 * none of these is a piece of the text.
 */
final class EchoTokens {
  private static final Pattern BYTES = Pattern.compile("bytes:((?:\\\\x[0-9a-fA-F]{2})+)");
  private static final char UNKNOWN = '\ufffd';

  private EchoTokens() {}

  /**
   * A place among the tokens.
   *
   * @param index of a token
   * @param whole whether it begins at the border, or else before it
   */
  record Place(int index, boolean whole) {}

  /**
   * The first token that ends behind the border; empty where the tokens do not tell. Before the
   * prompt a beginning-of-text token may stand, behind it nothing.
   *
   * @param tokens of the prompt, as the server writes them
   * @param border characters of the prompt before it
   */
  static Optional<Place> firstBehind(List<String> tokens, String prompt, int border) {
    Optional<Place> plain = joined(tokens, prompt, prompt.length() - border);
    if (plain.isPresent()) {
      return plain;
    }
    Optional<Place> bytes =
        joined(
            tokens.stream().map(EchoTokens::bytes).toList(),
            latin(prompt),
            latin(prompt.substring(border)).length());
    return bytes.isPresent() ? bytes : fromEnd(tokens, prompt, border);
  }

  /** Tokens that are pieces of the text; both may be bytes, one a character. */
  private static Optional<Place> joined(List<String> tokens, String prompt, int behind) {
    String all = String.join("", tokens);
    if (tokens.isEmpty() || !all.endsWith(prompt)) {
      return Optional.empty();
    }
    int reached = 0;
    int index = 0;
    while (index < tokens.size() - 1
        && reached + tokens.get(index).length() <= all.length() - behind) {
      reached += tokens.get(index++).length();
    }
    return Optional.of(new Place(index, reached == all.length() - behind));
  }

  /** Where parts of characters are unreadable, but stand before the border. */
  private static Optional<Place> fromEnd(List<String> tokens, String prompt, int border) {
    int at = prompt.length();
    for (int i = tokens.size() - 1; i >= 0; i--) {
      String token = tokens.get(i);
      if (token.indexOf(UNKNOWN) >= 0 || !prompt.substring(0, at).endsWith(token)) {
        return Optional.empty();
      }
      at -= token.length();
      if (at <= border) {
        return Optional.of(new Place(i, at == border));
      }
    }
    return Optional.empty();
  }

  private static String bytes(String token) {
    Matcher found = BYTES.matcher(token);
    if (!found.matches()) {
      return latin(token);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String digits : found.group(1).substring(2).split("\\\\x")) {
      bytes.write(Integer.parseInt(digits, 16));
    }
    return bytes.toString(ISO_8859_1);
  }

  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
