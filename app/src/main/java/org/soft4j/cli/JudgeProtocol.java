package org.soft4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;

/** What a judge is asked. */
enum JudgeProtocol {
  SINGLE,
  PAIR,
  ALPACA,
  ALPACA_WEIGHTED;

  static JudgeProtocol named(String name) {
    List<String> names = Arrays.stream(values()).map(JudgeProtocol::text).toList();
    if (!names.contains(name)) {
      throw new UserError(
          "\"%s\" is no protocol; there are %s.%s"
              .formatted(name, names, DidYouMean.hint(name, names)),
          "Choose one with --protocol.");
    }
    return values()[names.indexOf(name)];
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
