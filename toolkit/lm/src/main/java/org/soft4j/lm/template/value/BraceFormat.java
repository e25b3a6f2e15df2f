package org.soft4j.lm.template.value;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's str.format, without attributes and elements of what is given. */
final class BraceFormat {
  private static final Pattern PLACE =
      Pattern.compile("\\{\\{|}}|\\{([^{}!:]*)(?:!([^{}:]*))?(?::([^{}]*))?}|[{}]");
  private static final Pattern LAYOUT =
      Pattern.compile(
          "(?:(.)?([<>=^]))?([-+ ])?(0)?(\\d{0,9})(,)?(?:\\.(\\d{1,9}))?([a-zA-Z%])?",
          Pattern.DOTALL);

  private final Rendering rendering;
  private final Arguments given;
  private int next;

  private BraceFormat(Rendering rendering, Arguments given) {
    this.rendering = rendering;
    this.given = given;
  }

  static String format(Rendering rendering, String format, Arguments given) {
    BraceFormat formatter = new BraceFormat(rendering, given);
    TextBuilder out = new TextBuilder();
    Matcher place = PLACE.matcher(format);
    int at = 0;
    while (place.find(at)) {
      rendering.spend(1);
      out.add(format, at, place.start()).add(formatter.one(place));
      at = place.end();
    }
    return out.add(format, at, format.length()).toString();
  }

  private String one(Matcher place) {
    if (place.group().equals("{{") || place.group().equals("}}")) {
      return place.group().substring(1);
    }
    if (place.group(1) == null) {
      throw new TemplateFault("a single brace in a format is not supported");
    }
    Object value = converted(value(place.group(1)), place.group(2));
    String layout = place.group(3) == null ? "" : place.group(3);
    return layout.isEmpty() ? rendering.str(value) : laidOut(value, layout);
  }

  private Object value(String name) {
    boolean placed = name.isEmpty() || name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (name.isEmpty() == next < 0 && placed && next != 0) {
      throw new TemplateFault("a format with places both numbered and not is not supported");
    }
    if (placed) {
      int place = name.isEmpty() ? next++ : numbered(name);
      if (place >= given.placed().size()) {
        throw new TemplateFault("a format has no value for its place " + place);
      }
      return given.placed().get(place);
    }
    if (!given.named().containsKey(name)) {
      throw new TemplateFault("a format has no value for " + name);
    }
    return given.named().get(name);
  }

  private int numbered(String name) {
    next = -1;
    return name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
  }

  private static Object converted(Object value, String how) {
    if (how == null) {
      return value;
    }
    return switch (how) {
      case "s" -> Repr.str(value);
      case "r" -> Repr.repr(value);
      default -> throw new TemplateFault("the conversion !" + how + " is not supported");
    };
  }

  private String laidOut(Object value, String written) {
    Matcher parts = LAYOUT.matcher(written);
    if (!parts.matches()) {
      throw new TemplateFault("the format " + written + " is not supported");
    }
    boolean zeros = parts.group(4) != null;
    boolean number = Numbers.isNumber(value);
    String fill = parts.group(1) != null ? parts.group(1) : zeros ? "0" : " ";
    char align =
        parts.group(2) != null ? parts.group(2).charAt(0) : zeros ? number ? '=' : '<' : ' ';
    Layout layout =
        new Layout(
            fill,
            align,
            parts.group(3) == null ? '-' : parts.group(3).charAt(0),
            parts.group(6) != null,
            parts.group(5).isEmpty() ? 0 : Integer.parseInt(parts.group(5)),
            parts.group(7) == null ? -1 : Integer.parseInt(parts.group(7)));
    rendering.spend(layout.work());
    char type = parts.group(8) == null ? ' ' : parts.group(8).charAt(0);
    boolean plainText = value instanceof String && parts.group(3) == null && !layout.grouped();
    if (plainText && align != '=' && (type == ' ' || type == 's')) {
      return layout.text((String) value);
    }
    if (number && !(layout.grouped() && align == '=')) {
      return number(layout, value, type, written);
    }
    throw new TemplateFault(
        "the format %s of %s is not supported".formatted(written, Repr.kind(value)));
  }

  private static String number(Layout layout, Object value, char type, String written) {
    if ("eEfFgG%".indexOf(type) >= 0) {
      return layout.floating(Numbers.floating(value), type);
    }
    if (value instanceof Double number && type == ' ' && layout.isPlain()) {
      return layout.shortest(number);
    }
    boolean whole = Numbers.isWhole(value) && layout.precision() < 0;
    boolean decimal = type == ' ' || type == 'd';
    if (whole && (decimal || (!layout.grouped() && "xXob".indexOf(type) >= 0))) {
      int radix = decimal ? 10 : type == 'o' ? 8 : type == 'b' ? 2 : 16;
      String digits = layout.whole(value, radix);
      return type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    }
    throw new TemplateFault("the format " + written + " of a number is not supported");
  }
}
