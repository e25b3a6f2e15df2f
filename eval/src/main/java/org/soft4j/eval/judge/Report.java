package org.soft4j.eval.judge;

import java.util.Locale;
import org.soft4j.eval.LengthControl;

/** What judgments say, summed up. What could not be read stands below every table. */
public sealed interface Report permits SingleReport, PairReport, AlpacaReport {
  /** As text, for a terminal. */
  String table();

  /** How many judgments count: those of which a verdict could be read. */
  int counted();

  /** A number, or a dash for none. */
  static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** A value with its standard error. */
  static String plusMinus(String format, double value, double error) {
    return number(format, value) + " ± " + number(format, error);
  }

  /** A share with its standard error. */
  static String plusMinus(LengthControl.Share share) {
    return plusMinus("%.1f", share.value(), share.standardError());
  }

  /** A share of 1 in points of a hundred. */
  static String percent(double share) {
    return number("%.1f", 100 * share);
  }

  /** How many verdicts could not be read. */
  static String unread(int unread, int all) {
    return "Unparsed verdicts: %s of %s (%s %%).%n"
        .formatted(unread, all, percent(Bias.share(unread, all)));
  }
}
