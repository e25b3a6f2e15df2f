package org.soft4j.lm.remote;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The spellings in which a server may repeat a key: as it is or in other case, escaped for JSON,
 * URLs, HTML or mail, once or several times, each character in a way of its own, broken over lines;
 * in hexadecimal digits; in base64 at any place of what was encoded.
 *
 * <p>Not found is a key that was cut, reversed, encrypted, compressed inside a text, spread over
 * several texts, or encoded twice in different ways.
 */
final class KeySpellings {
  // Between two characters: the end of a line and what indents the next, or characters unseen.
  private static final String BREAK =
      "(?:=?[ \\t]{0,9}(?:[\\r\\n]|\\\\{1,9}[rn])\\s{0,99}"
          + "|[\\u00ad\\u200b-\\u200d\\u2060\\ufeff]){0,4}+";
  // Escaped once or several times. Every repetition is bounded, lest a text of nothing but
  // backslashes takes for ever.
  private static final String ESCAPES = "\\\\{0,5}";

  private KeySpellings() {}

  /** Finds every spelling of a key of ASCII characters. */
  static Pattern of(String secret) {
    List<String> digits =
        List.of(
            HexFormat.of().formatHex(secret.getBytes(StandardCharsets.US_ASCII)),
            base64(secret, 0),
            base64(secret, 1),
            base64(secret, 2));
    // Most places of a text are passed over by their first character.
    String first =
        digits.stream().map(coded -> coded.substring(0, 1)).collect(Collectors.joining())
            + secret.charAt(0);
    return Pattern.compile(
        "(?=[%%=&+/_\\\\\\Q%s\\E-])(?:".formatted(first)
            + Pattern.quote(secret)
            + each(secret, BREAK, KeySpellings::spelled)
            + each(digits.get(0), "(?:(?:[\\s:,-]{1,2}|\\\\x|0x){0,2}+)", Character::toString)
            + digits.stream()
                .skip(1)
                .map(coded -> each(coded, BREAK, KeySpellings::digit))
                .collect(Collectors.joining())
            + ")",
        Pattern.CASE_INSENSITIVE);
  }

  private static String each(String text, String between, IntFunction<String> written) {
    return "|" + text.chars().mapToObj(written).collect(Collectors.joining(between));
  }

  private static String spelled(int letter) {
    String code =
        "u(?:00|\\{0{0,6})%1$s\\}?|x%1$s|(?:%%(?:25){0,4}|=)%1$s|&#(?:0{0,6}%2$s|x0{0,6}%1$s);?"
            .formatted(String.format(Locale.ROOT, "%02x", letter), letter);
    String itself = Pattern.quote(Character.toString(letter));
    return letter == '\\'
        ? "(?:\\\\{1,2}+|" + code + ")"
        : "(?:" + ESCAPES + "(?:" + itself + "|" + code + "))";
  }

  /** What all texts have in common that hold the key so many bytes behind a group's beginning. */
  private static String base64(String secret, int behind) {
    byte[] bytes = ("\0".repeat(behind) + secret).getBytes(StandardCharsets.US_ASCII);
    String coded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    // The first characters hold bits of what stands before, the last perhaps of what follows.
    return coded.substring(behind == 0 ? 0 : behind + 1, bytes.length * 8 / 6);
  }

  private static String digit(int letter) {
    return switch (letter) {
      case '+' -> "[+-]";
      case '/' -> ESCAPES + "[/_]";
      default -> Character.toString(letter);
    };
  }
}
