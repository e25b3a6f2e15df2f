package org.soft4j.lm.template.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Python's methods of texts that templates call; others are refused by name. */
final class TextMethods {
  private static final Map<String, Method> KNOWN =
      Map.ofEntries(
          Map.entry("strip", (r, text, given) -> strip(text, given, true, true)),
          Map.entry("lstrip", (r, text, given) -> strip(text, given, true, false)),
          Map.entry("rstrip", (r, text, given) -> strip(text, given, false, true)),
          Map.entry("startswith", (r, text, given) -> any(text, given, String::startsWith)),
          Map.entry("endswith", (r, text, given) -> any(text, given, String::endsWith)),
          Map.entry("split", (r, text, given) -> Splitting.split(text, given, false)),
          Map.entry("rsplit", (r, text, given) -> Splitting.split(text, given, true)),
          Map.entry("splitlines", (r, text, given) -> Splitting.lines(text, given)),
          Map.entry("partition", (r, text, given) -> Splitting.partition(text, given, false)),
          Map.entry("rpartition", (r, text, given) -> Splitting.partition(text, given, true)),
          Map.entry("upper", plain(text -> text.toUpperCase(Locale.ROOT))),
          Map.entry("lower", plain(text -> text.toLowerCase(Locale.ROOT))),
          Map.entry("title", plain(PythonText::title)),
          Map.entry("capitalize", plain(PythonText::capitalized)),
          Map.entry("swapcase", plain(PythonText::swapped)),
          Map.entry("isdigit", plain(text -> all(text, PythonText::isDigit))),
          Map.entry("isdecimal", plain(text -> all(text, Character::isDigit))),
          Map.entry("isalpha", plain(text -> all(text, Character::isLetter))),
          Map.entry("isspace", plain(text -> all(text, PythonText::isSpace))),
          Map.entry("isascii", plain(text -> text.isEmpty() || all(text, c -> c < 128))),
          Map.entry("isalnum", plain(text -> all(text, PythonText::isAlphanumeric))),
          Map.entry("isupper", plain(text -> PythonText.isCased(text, true))),
          Map.entry("islower", plain(text -> PythonText.isCased(text, false))),
          Map.entry("replace", (r, text, given) -> replace(text, given)),
          Map.entry("find", (r, text, given) -> find(text, given, false)),
          Map.entry("rfind", (r, text, given) -> find(text, given, true)),
          Map.entry("index", (r, text, given) -> index(text, given, false)),
          Map.entry("rindex", (r, text, given) -> index(text, given, true)),
          Map.entry("count", (r, text, given) -> count(text, given)),
          Map.entry("join", TextMethods::join),
          Map.entry("format", BraceFormat::format),
          Map.entry("zfill", (r, text, given) -> zeros(text, given)),
          Map.entry("ljust", (r, text, given) -> justified(text, given, '<')),
          Map.entry("rjust", (r, text, given) -> justified(text, given, '>')),
          Map.entry("center", (r, text, given) -> centered(text, given)),
          Map.entry("removeprefix", (r, text, given) -> without(text, given, true)),
          Map.entry("removesuffix", (r, text, given) -> without(text, given, false)));

  private TextMethods() {}

  /** One method. */
  private interface Method {
    Object call(Rendering rendering, String text, Arguments given);
  }

  private static Method plain(Function<String, Object> method) {
    return (rendering, text, given) -> {
      given.only("a text's method", 0);
      return method.apply(text);
    };
  }

  /** A method of a text, where it is one that is known here. */
  static Optional<Callable> of(String text, String name) {
    return Optional.ofNullable(KNOWN.get(name))
        .map(method -> (rendering, given) -> method.call(rendering, text, given));
  }

  private static boolean all(String text, IntPredicate holds) {
    return !text.isEmpty() && text.codePoints().allMatch(holds);
  }

  private static Object strip(String text, Arguments given, boolean left, boolean right) {
    Object letters = given.only("strip", 1).get(0, "chars", None.NONE);
    return PythonText.stripped(text, letters, left, right);
  }

  private static boolean any(String text, Arguments given, BiFunction<String, String, Boolean> is) {
    Object wanted = given.only("startswith or endswith", 3).required(0, "part", "startswith");
    String within = part(text, given);
    List<?> parts = wanted instanceof Tuple several ? several : List.of(wanted);
    boolean any = false;
    for (Object part : parts) {
      if (!(part instanceof String piece)) {
        throw new TemplateFault(Repr.kind(part) + " is no part that a text begins or ends with");
      }
      any |= is.apply(within, piece) && beginsWithin(text, given);
    }
    return any;
  }

  /** An empty part is found at every place but those behind the text. */
  private static boolean beginsWithin(String text, Arguments given) {
    long length = text.codePointCount(0, text.length());
    Object start = given.get(1, "start", None.NONE);
    return start == None.NONE || Numbers.whole(start) <= length;
  }

  /** The text from the second argument to the third. */
  private static String part(String text, Arguments given) {
    return given.placed().size() < 2
        ? text
        : (String)
            Elements.slice(text, given.placed().get(1), given.get(2, "end", None.NONE), None.NONE);
  }

  private static Object replace(String text, Arguments given) {
    String old = given.only("replace", 3, "old", "new", "count").text(0, "old", "replace");
    return PythonText.replaced(
        text, old, given.text(1, "new", "replace"), given.whole(2, "count", -1));
  }

  private static long find(String text, Arguments given, boolean last) {
    String wanted = given.only("find", 1).text(0, "part", "find");
    int at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  private static long index(String text, Arguments given, boolean last) {
    long at = find(text, given, last);
    if (at < 0) {
      throw new TemplateFault("a text does not hold the part of which the index is asked");
    }
    return at;
  }

  private static long count(String text, Arguments given) {
    return PythonText.count(text, given.only("count", 1).text(0, "part", "count"));
  }

  private static Object join(Rendering rendering, String text, Arguments given) {
    Object values = given.only("join", 1).required(0, "values", "join");
    List<Object> parts = Iteration.elements(rendering, values);
    for (Object part : parts) {
      if (!(part instanceof String)) {
        throw new TemplateFault("join is called with " + Repr.kind(part));
      }
    }
    return PythonText.joined(text, parts);
  }

  private static String zeros(String text, Arguments given) {
    int width = width(given.only("zfill", 1));
    boolean signed = text.startsWith("-") || text.startsWith("+");
    Layout layout = new Layout("0", '>', '-', false, signed ? width - 1 : width, -1);
    return signed ? text.charAt(0) + layout.text(text.substring(1)) : layout.text(text);
  }

  private static int width(Arguments given) {
    long width = Numbers.whole(given.required(0, "width", "a text's method"));
    return (int) Math.max(0, Math.min(width, Integer.MAX_VALUE));
  }

  private static String justified(String text, Arguments given, char align) {
    Object fill = given.only("ljust or rjust", 2).get(1, "fillchar", " ");
    return new Layout(fill(fill), align, '-', false, width(given), -1).text(text);
  }

  private static String centered(String text, Arguments given) {
    String fill = fill(given.only("center", 2).get(1, "fillchar", " "));
    return PythonText.centered(text, width(given), fill);
  }

  private static String fill(Object fill) {
    if (fill instanceof String text && text.codePointCount(0, text.length()) == 1) {
      return text;
    }
    throw new TemplateFault("what fills a text up has to be one letter");
  }

  private static String without(String text, Arguments given, boolean first) {
    String part = given.only("removeprefix or removesuffix", 1).text(0, "part", "the method");
    if (first) {
      return text.startsWith(part) ? text.substring(part.length()) : text;
    }
    return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
  }
}
