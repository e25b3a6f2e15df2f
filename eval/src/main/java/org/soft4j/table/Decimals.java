package org.soft4j.table;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as tables show them. */
public final class Decimals {
  private Decimals() {}

  /** A probability with four decimals; one that they would show as zero with three digits. */
  public static String probability(double p) {
    return text(p > 0 && p < 0.00005 ? "%.2e" : "%.4f", p);
  }

  /** A number with as few digits as it needs and no exponent, such as 0.0004. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /**
   * A number in a form such as {@code %+.1f}; nothing where it is not finite, and never a zero with
   * a minus.
   */
  public static String text(String form, double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    String text = String.format(Locale.ROOT, form, value);
    return text.matches("-0(\\.0+)?") ? String.format(Locale.ROOT, form, 0.0) : text;
  }
}
