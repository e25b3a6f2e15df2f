package org.soft4j.eval.yaml.rows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What pandas' JSON writer and reader make of values: fractions are written with ten digits behind
 * the point, and read as a whole part plus the digits times a power of ten, so that 0.3 comes back
 * as 0.30000000000000004.
 */
final class Ujson {
  private static final int WRITTEN = 10;
  private static final int READ = 15;
  private static final double EXPONENT_FROM = 1e16;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d*)?");
  private static final Set<String> WORDS = Set.of("true", "false", "null");
  private static final Pattern LIKE_JSON =
      Pattern.compile("[\\[{\"]|-$|NaN$|-?Infinity$|-?\\d+\\.?\\d*[eE][+-]?\\d+$");

  private Ujson() {}

  /** A fraction after it was written and read by another reader, which is exact. */
  static double written(double value) {
    return Double.parseDouble(text(read(BigDecimal.valueOf(value).toPlainString())));
  }

  /** A value after it was written and read again. */
  static Object again(Object value) {
    if (value instanceof Double number) {
      return Math.abs(number) < EXPONENT_FROM
          ? read(text(read(BigDecimal.valueOf(number).toPlainString())))
          : refuse("a fraction beyond 1e16");
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>();
      list.forEach(inner -> values.add(again(inner)));
      return values;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, inner) -> values.put(key, again(inner)));
      return values;
    }
    return value instanceof BigInteger ? refuse("a whole number beyond 64 bits") : value;
  }

  /** A text that stands among other kinds of values: it is read as JSON where it is any. */
  static Object loose(String text) {
    String bare = text.strip();
    if (WORDS.contains(bare)) {
      return bare.equals("null") ? null : Boolean.valueOf(bare);
    }
    if (NUMBER.matcher(bare).matches()) {
      return bare.contains(".") ? (Object) read(bare) : whole(bare);
    }
    return LIKE_JSON.matcher(bare).lookingAt()
        ? refuse("a text that is JSON or begins so, \"%s\"".formatted(text))
        : text;
  }

  private static Object whole(String digits) {
    return digits.length() > 18
        ? refuse("the text \"%s\"".formatted(digits))
        : (Object) Long.parseLong(digits);
  }

  private static Object refuse(String what) {
    throw new IllegalArgumentException(what + " among values of other kinds");
  }

  private static double read(String digits) {
    boolean negative = digits.startsWith("-");
    String[] parts = digits.substring(negative ? 1 : 0).split("\\.", -1);
    double value = Double.parseDouble(parts[0]);
    if (parts.length == 2 && !parts[1].isEmpty()) {
      String behind = parts[1].substring(0, Math.min(READ, parts[1].length()));
      value += Double.parseDouble(behind) * Double.parseDouble("1e-" + behind.length());
    }
    return negative ? -value : value;
  }

  private static String text(double value) {
    double size = Math.abs(value);
    String sign = value < 0 || 1 / value < 0 ? "-" : "";
    if (size >= EXPONENT_FROM) {
      return sign + new BigDecimal(size).round(new MathContext(16, RoundingMode.HALF_EVEN));
    }
    long whole = (long) size;
    double rest = (size - whole) * Math.pow(10, WRITTEN);
    long digits = (long) rest;
    double over = rest - digits;
    if (over > 0.5 || over == 0.5 && (digits == 0 || digits % 2 == 1)) {
      digits++;
    }
    if (digits >= Math.pow(10, WRITTEN)) {
      digits = 0;
      whole++;
    }
    String behind = String.format(Locale.ROOT, "%010d", digits).replaceAll("(?<=\\d)0+$", "");
    return "%s%s.%s".formatted(sign, whole, behind);
  }
}
