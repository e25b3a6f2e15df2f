package org.soft4j.lm.template.value;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;

/** A floating-point number as Python writes it. */
public final class PythonFloat {
  // Where the point may stand, counted from the first digit, for repr to do without an exponent.
  private static final int LEAST_PLAIN = -4;
  private static final int MOST_PLAIN = 16;

  private PythonFloat() {}

  /** As Python's {@code repr} writes it: the fewest digits that read back the same. */
  public static String repr(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    return sign
        + (point > LEAST_PLAIN && point <= MOST_PLAIN
            ? plain(digits, point)
            : scientific(digits, point - 1));
  }

  /** Java's rule keeps two digits where one is enough. */
  private static BigDecimal shortest(double value) {
    BigDecimal shortest = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
    if (shortest.precision() == 2) {
      BigDecimal one = new BigDecimal(value).round(new MathContext(1));
      return one.doubleValue() == value ? one : shortest;
    }
    return shortest;
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return point >= digits.length()
        ? digits + "0".repeat(point - digits.length()) + ".0"
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, int exponent) {
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + exponent(exponent);
  }

  /** An exponent, of at least two digits. */
  static String exponent(int exponent) {
    int size = Math.abs(exponent);
    return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
  }
}
