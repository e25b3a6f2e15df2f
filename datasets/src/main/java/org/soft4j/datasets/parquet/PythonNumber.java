package org.soft4j.datasets.parquet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Fractions as Python's str() writes them: the fewest digits that give the same number again, and
 * an exponent from 1e16 on and below 0.0001. Java's own writes 1.0E10 for 10000000000.0.
 */
final class PythonNumber {
  private static final int MOST_DIGITS = 17;

  private PythonNumber() {}

  static String of(double value) {
    return special(value, shortest(value, text -> Double.parseDouble(text) == value));
  }

  /** The fewest digits that give the same number of 32 bits. */
  static String of(float value) {
    return special(value, shortest(value, text -> Float.parseFloat(text) == value));
  }

  /** A number of 16 bits, the low byte first, in the digits of its 32-bit equal. */
  static String half(ByteBuffer bytes) {
    return of((float) half(bytes.order(ByteOrder.LITTLE_ENDIAN).getShort()));
  }

  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        };
    return bits < 0 ? -size : size;
  }

  private static String special(double value, BigDecimal digits) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String figures = digits.unscaledValue().abs().toString();
    String fraction = figures.length() == 1 ? "" : "." + figures.substring(1);
    return String.format(
        Locale.ROOT,
        "%s%s%se%s%02d",
        value < 0 ? "-" : "",
        figures.charAt(0),
        fraction,
        exponent < 0 ? "-" : "+",
        Math.abs(exponent));
  }

  private static BigDecimal shortest(double value, Predicate<String> same) {
    if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (same.test(rounded.toString())) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
