package org.soft4j.eval;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.tokenizer.EndTokens;

/** Control tokens as templates spell them. */
final class ControlSpelling {
  // "<|im_end|>", "<s>", "</s>", "<start_of_turn>", DeepSeek's with full-width bars, "[INST]".
  private static final Pattern ANY = Pattern.compile("<[^<>\\s]{1,64}>|\\[/?[A-Z_]{2,32}\\]");
  private static final Pattern BARS = Pattern.compile("<[|\uFF5C][^<>\\s]+[|\uFF5C]>");
  private static final List<String> BEGINNINGS =
      List.of("<s>", "<bos>", "[BOS]", "<start_of_turn>", "<|startoftext|>");

  private ControlSpelling() {}

  /**
   * Those in a text that are surely meant as control tokens: other words in angle brackets may well
   * be plain text, as tags are, and {@code [INST]} is plain text to Llama 2.
   */
  static List<String> in(String text) {
    return ANY.matcher(text)
        .results()
        .map(found -> found.group())
        .filter(ControlSpelling::surely)
        .distinct()
        .toList();
  }

  private static boolean surely(String spelling) {
    return BARS.matcher(spelling).matches()
        || EndTokens.known(spelling)
        || BEGINNINGS.contains(spelling);
  }

  /**
   * What a text begins with, blanks aside, where that is one control token; else an empty text.
   *
   * @param control tells of a spelling
   */
  static String first(String text, Predicate<String> control) {
    String rest = text.strip();
    Matcher matcher = ANY.matcher(rest);
    return matcher.lookingAt() && control.test(matcher.group()) ? matcher.group() : "";
  }

  /**
   * Whether a spelling is surely meant as a control token, for models whose tokens are not known.
   */
  static boolean known(String spelling) {
    return surely(spelling);
  }
}
