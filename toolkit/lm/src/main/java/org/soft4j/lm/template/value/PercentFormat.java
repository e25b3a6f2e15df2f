package org.soft4j.lm.template.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's formatting with the operator %. */
public final class PercentFormat {
  private static final Pattern PLACE =
      Pattern.compile(
          "%(?:\\(([^()]*)\\))?([-+ 0]*)(\\d{0,9})(?:\\.(\\d{0,9}))?(.|$)", Pattern.DOTALL);

  private final Rendering rendering;
  private final Object given;
  private final List<?> values;
  private int used;

  private PercentFormat(Rendering rendering, Object given) {
    this.rendering = rendering;
    this.given = given;
    this.values = given instanceof Tuple tuple ? tuple : List.of(given);
  }

  /** What {@code format % given} gives; a tuple holds one value for each place. */
  public static String format(Rendering rendering, String format, Object given) {
    return new PercentFormat(rendering, given).all(format);
  }

  private String all(String format) {
    TextBuilder out = new TextBuilder();
    Matcher place = PLACE.matcher(format);
    int at = 0;
    while (place.find(at)) {
      out.add(format, at, place.start()).add(one(place));
      at = place.end();
    }
    if (used < values.size() && !isMapping()) {
      throw new TemplateFault("not all values of a format with % have a place");
    }
    return out.add(format, at, format.length()).toString();
  }

  /** Python lets what has elements go without a place. */
  private boolean isMapping() {
    boolean list = given instanceof List<?> && !(given instanceof Tuple);
    return list || given instanceof Map<?, ?> || given instanceof Undefined;
  }

  private String one(Matcher place) {
    char type = place.group(5).isEmpty() ? ' ' : place.group(5).charAt(0);
    if (type == '%') {
      if (place.end() - place.start() > 2) {
        throw new TemplateFault("a % with more than itself is not supported");
      }
      return "%";
    }
    Object value = place.group(1) == null ? next() : named(place.group(1));
    String flags = place.group(2);
    boolean number = "sr".indexOf(type) < 0;
    boolean left = flags.contains("-");
    boolean zeros = flags.contains("0") && number && !left;
    Layout layout =
        new Layout(
            zeros ? "0" : " ",
            left ? '<' : zeros ? '=' : '>',
            flags.contains("+") ? '+' : flags.contains(" ") ? ' ' : '-',
            false,
            number(place.group(3), 0),
            place.group(4) == null ? -1 : number(place.group(4), 0));
    rendering.spend(1 + layout.work());
    return written(type, layout, value);
  }

  private static int number(String digits, int otherwise) {
    return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
  }

  private Object next() {
    if (used >= values.size()) {
      throw new TemplateFault("a format with % has more places than values");
    }
    return values.get(used++);
  }

  private Object named(String name) {
    if (!(given instanceof Map<?, ?> map)) {
      throw new TemplateFault("a format with %(" + name + ") needs a dictionary");
    }
    Object value = Dictionaries.get(map, name);
    if (value == null) {
      throw new TemplateFault("a format with % has no value for " + name);
    }
    return value;
  }

  private String written(char type, Layout layout, Object value) {
    return switch (type) {
      case 's' -> layout.text(rendering.str(value));
      case 'r' -> layout.text(Repr.repr(value));
      case 'd', 'i', 'u' -> layout.whole(whole(layout, value), 10);
      case 'x', 'X', 'o' -> {
        String digits = layout.whole(onlyWhole(layout, value), type == 'o' ? 8 : 16);
        yield type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
      }
      case 'e', 'E', 'f', 'F', 'g', 'G' -> layout.floating(floating(layout, value), type);
      default -> throw new TemplateFault("the format %" + type + " is not supported");
    };
  }

  private static double floating(Layout layout, Object value) {
    double number = Numbers.floating(value);
    if (layout.align() == '=' && !Double.isFinite(number)) {
      throw new TemplateFault("zeros before " + number + " are not supported");
    }
    return number;
  }

  private static Object whole(Layout layout, Object value) {
    return value instanceof Double number
        ? onlyWhole(layout, Numbers.truncated(number))
        : onlyWhole(layout, value);
  }

  private static Object onlyWhole(Layout layout, Object value) {
    if (layout.precision() >= 0) {
      throw new TemplateFault("a precision of a whole number is not supported");
    }
    return Numbers.big(value);
  }
}
