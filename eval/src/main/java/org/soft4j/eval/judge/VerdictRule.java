package org.soft4j.eval.judge;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.soft4j.core.UserError;

/** How a verdict is read out of what a judge writes. */
public enum VerdictRule {
  /**
   * Marked reasoning is left out, the last verdict counts, and one outside the scale is unread. The
   * default.
   */
  LAST,
  /**
   * FastChat's own (fastchat/llm_judge/common.py of 0.2.36): the first {@code [[number]]} anywhere,
   * else the first {@code [number]}; {@code [[A]]} before {@code [[B]]} before {@code [[C]]}. For
   * numbers that are to be FastChat's.
   */
  FASTCHAT,
  /** AlpacaEval's own (alpaca_eval/completion_parsers.py): the whole reply is the ranking. */
  ALPACA_EVAL;

  /** As it is named on a command line and in files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The rule of a name; another name is a UserError. */
  @JsonCreator
  public static VerdictRule named(String name) {
    List<String> known = Stream.of(values()).map(VerdictRule::text).toList();
    if (!known.contains(name)) {
      throw new UserError(
          "There is no rule \"%s\" for verdicts.".formatted(name),
          "Known rules: %s.".formatted(String.join(", ", known)));
    }
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
