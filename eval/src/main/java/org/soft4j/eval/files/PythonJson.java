package org.soft4j.eval.files;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON to the byte as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, since
 * digests are taken over it: blanks behind commas and colons, floats by their {@code repr}.
 */
final class PythonJson {
  private static final int INDENT = 2;
  // Where the point may stand, counted from the first digit, for repr to do without an exponent.
  private static final int LEAST_PLAIN = -4;
  private static final int MOST_PLAIN = 16;

  private PythonJson() {}

  /** On one line. */
  static String line(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out, -1);
    return out.toString();
  }

  /** With {@code indent=2}. */
  static String indented(JsonNode value) {
    StringBuilder out = new StringBuilder();
    write(value, out, 0);
    return out.toString();
  }

  /**
   * Writes a value.
   *
   * @param depth of nesting where the text is indented; -1 where it is one line
   */
  private static void write(JsonNode value, StringBuilder out, int depth) {
    if (value.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> fields = value.properties().iterator();
      List<Runnable> parts = new ArrayList<>();
      fields.forEachRemaining(
          field ->
              parts.add(
                  () -> {
                    text(field.getKey(), out);
                    out.append(": ");
                    write(field.getValue(), out, deeper(depth));
                  }));
      enclosed('{', parts, '}', out, depth);
    } else if (value.isArray()) {
      List<Runnable> parts = new ArrayList<>();
      value.forEach(element -> parts.add(() -> write(element, out, deeper(depth))));
      enclosed('[', parts, ']', out, depth);
    } else if (value.isTextual()) {
      text(value.textValue(), out);
    } else {
      out.append(value.isFloatingPointNumber() ? number(value.doubleValue()) : value.asText());
    }
  }

  private static int deeper(int depth) {
    return depth < 0 ? depth : depth + 1;
  }

  private static void enclosed(
      char open, List<Runnable> parts, char close, StringBuilder out, int depth) {
    out.append(open);
    String between = depth < 0 ? ", " : ",";
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : between).append(lineEnd(deeper(depth)));
      parts.get(i).run();
    }
    out.append(parts.isEmpty() ? "" : lineEnd(depth)).append(close);
  }

  private static String lineEnd(int depth) {
    return depth < 0 ? "" : "\n" + " ".repeat(INDENT * depth);
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    out.append(text.chars().mapToObj(c -> escaped((char) c)).collect(Collectors.joining()));
    out.append('"');
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    return Double.isNaN(value) ? "NaN" : repr(value);
  }

  /** A float as Python's {@code repr} writes it: the fewest digits that read back the same. */
  static String repr(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
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
    BigDecimal one = new BigDecimal(value).round(new MathContext(1));
    return one.doubleValue() == value ? one : new BigDecimal(NumberOutput.toString(value, true));
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
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
