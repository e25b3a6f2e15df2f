package org.soft4j.lm.template.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How a value is laid out in a format: what stands behind % or the colon of braces.
 *
 * @param fill the letter that makes up the width
 * @param align one of {@code < > ^ =}, or a space where it is not said
 * @param sign + or a space before numbers that are not negative, or -
 * @param grouped whether commas stand between thousands
 * @param width least number of letters
 * @param precision digits, or the most letters of a text; -1 where it is not said
 */
record Layout(String fill, char align, char sign, boolean grouped, int width, int precision) {
  private static final int MOST_WIDTH = 10_000;
  private static final int LETTERS_PER_STEP = 100;
  private static final int USUAL_DIGITS = 6;

  Layout {
    Bounds.requireShort(Math.max(width, precision), MOST_WIDTH);
  }

  /** A layout of texts: a letter that fills them up, to one side. */
  static Layout of(String fill, char align, int width) {
    return new Layout(fill, align, '-', false, width, -1);
  }

  String text(String text) {
    int letters = text.codePointCount(0, text.length());
    String shown =
        precision >= 0 && precision < letters
            ? text.substring(0, text.offsetByCodePoints(0, precision))
            : text;
    return padded("", shown, '<');
  }

  /** A whole number in a number system. */
  String whole(Object value, int radix) {
    var number = Numbers.big(value);
    String digits = number.abs().toString(radix);
    return padded(sign(number.signum() < 0), grouped ? thousands(digits) : digits, '>');
  }

  /** A floating-point number, written as e, f, g or %. */
  String floating(double value, char type) {
    boolean negative = value < 0 || 1 / value < 0;
    return padded(sign(negative), digits(Math.abs(value), type), '>');
  }

  /** How many steps a value costs that is laid out so. */
  int work() {
    return (width + Math.max(0, precision)) / LETTERS_PER_STEP;
  }

  /** Whether nothing is said about the digits. */
  boolean isPlain() {
    return precision < 0 && !grouped;
  }

  /** A floating-point number with as many digits as Python's repr writes. */
  String shortest(double value) {
    boolean negative = value < 0 || 1 / value < 0;
    return padded(sign(negative), PythonFloat.repr(Math.abs(value)), '>');
  }

  private String digits(double value, char type) {
    if (!Double.isFinite(value)) {
      return Character.isUpperCase(type)
          ? PythonFloat.repr(value).toUpperCase(Locale.ROOT)
          : PythonFloat.repr(value);
    }
    int places = precision < 0 ? USUAL_DIGITS : precision;
    String digits =
        switch (type) {
          case 'e', 'E' -> scientific(new BigDecimal(value), places, false);
          case 'g', 'G' -> general(new BigDecimal(value), Math.max(1, places));
          case '%' -> plain(new BigDecimal(value * 100), places) + "%";
          default -> plain(new BigDecimal(value), places);
        };
    String cased = Character.isUpperCase(type) ? digits.toUpperCase(Locale.ROOT) : digits;
    return grouped ? thousands(cased) : cased;
  }

  private static String plain(BigDecimal value, int places) {
    return value.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(BigDecimal value, int places, boolean shortened) {
    BigDecimal rounded = value.round(new MathContext(places + 1, RoundingMode.HALF_EVEN));
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    BigDecimal mantissa = rounded.movePointLeft(exponent).setScale(places, RoundingMode.HALF_EVEN);
    String written = mantissa.toPlainString();
    return (shortened ? trimmed(written) : written) + PythonFloat.exponent(exponent);
  }

  private static String general(BigDecimal value, int digits) {
    BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    return exponent >= -4 && exponent < digits
        ? trimmed(plain(value, Math.max(0, digits - 1 - exponent)))
        : scientific(value, digits - 1, true);
  }

  private static String trimmed(String digits) {
    return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
  }

  private static String thousands(String digits) {
    StringBuilder out = new StringBuilder(digits);
    int whole = 0;
    while (whole < digits.length() && Character.isDigit(digits.charAt(whole))) {
      whole++;
    }
    for (int at = whole - 3; at > 0; at -= 3) {
      out.insert(at, ',');
    }
    return out.toString();
  }

  private String sign(boolean negative) {
    return negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
  }

  private String padded(String signed, String shown, char usual) {
    int letters = signed.length() + shown.codePointCount(0, shown.length());
    int missing = Math.max(0, width - letters);
    char place = align == ' ' ? usual : align;
    int left = place == '<' || place == '=' ? 0 : place == '^' ? missing / 2 : missing;
    return place == '='
        ? signed + fill.repeat(missing) + shown
        : fill.repeat(left) + signed + shown + fill.repeat(missing - left);
  }
}
