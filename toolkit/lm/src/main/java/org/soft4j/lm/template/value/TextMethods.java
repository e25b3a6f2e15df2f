package org.soft4j.lm.template.value;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Python's methods of texts that templates call; others are refused by name. */
final class TextMethods {
  static final Functions<String> ALL =
      Functions.of(
          function(
              "strip(chars, /)",
              (r, text, given) -> TextParts.stripped(r, text, given.get("chars"), true, true)),
          function(
              "lstrip(chars, /)",
              (r, text, given) -> TextParts.stripped(r, text, given.get("chars"), true, false)),
          function(
              "rstrip(chars, /)",
              (r, text, given) -> TextParts.stripped(r, text, given.get("chars"), false, true)),
          function("startswith(part, start, end, /)", any(String::startsWith)),
          function("endswith(part, start, end, /)", any(String::endsWith)),
          function(
              "split(sep, maxsplit)", (r, text, given) -> TextParts.split(r, text, given, false)),
          function(
              "rsplit(sep, maxsplit)", (r, text, given) -> TextParts.split(r, text, given, true)),
          function(
              "splitlines(keepends)",
              (r, text, given) -> TextParts.lines(text, given.truth("keepends"))),
          function(
              "partition(sep, /)", (r, text, given) -> TextParts.partition(r, text, given, false)),
          function(
              "rpartition(sep, /)", (r, text, given) -> TextParts.partition(r, text, given, true)),
          changed("upper()", PythonText::upper),
          changed("lower()", PythonText::lower),
          changed("title()", PythonText::title),
          changed("capitalize()", PythonText::capitalized),
          changed("swapcase()", PythonText::swapped),
          all("isdigit()", PythonText::isDigit),
          all("isdecimal()", Character::isDigit),
          all("isalpha()", Character::isLetter),
          all("isspace()", PythonText::isSpace),
          all("isalnum()", PythonText::isAlphanumeric),
          function("isascii()", (r, text, given) -> text.codePoints().allMatch(c -> c < 128)),
          function("isupper()", (r, text, given) -> PythonText.isCased(text, true)),
          function("islower()", (r, text, given) -> PythonText.isCased(text, false)),
          function("replace(old, new, count)", TextMethods::replaced),
          function("find(part, /)", (r, text, given) -> found(r, text, given, false)),
          function("rfind(part, /)", (r, text, given) -> found(r, text, given, true)),
          function("index(part, /)", (r, text, given) -> index(found(r, text, given, false))),
          function("rindex(part, /)", (r, text, given) -> index(found(r, text, given, true))),
          function(
              "count(part, /)", (r, text, given) -> TextParts.count(r, text, given.text("part"))),
          function("join(values, /)", TextMethods::joined),
          function("format(*)", BraceFormat::format),
          function("zfill(width, /)", (r, text, given) -> zeros(text, given)),
          function("ljust(width, fillchar, /)", (r, text, given) -> justified(text, given, '<')),
          function("rjust(width, fillchar, /)", (r, text, given) -> justified(text, given, '>')),
          function(
              "center(width, fillchar, /)",
              (r, text, given) -> TextParts.centered(text, width(given), fill(given))),
          function(
              "removeprefix(part, /)", (r, text, given) -> without(text, given.text("part"), true)),
          function(
              "removesuffix(part, /)",
              (r, text, given) -> without(text, given.text("part"), false)));

  private TextMethods() {}

  private static Functions.Function<String> changed(String written, UnaryOperator<String> change) {
    return function(written, (rendering, text, given) -> change.apply(text));
  }

  /** Whether a text has letters, and something holds for all of them. */
  private static Functions.Function<String> all(String written, IntPredicate holds) {
    return function(
        written, (rendering, text, given) -> !text.isEmpty() && text.codePoints().allMatch(holds));
  }

  private static Functions.Body<String> any(BiPredicate<String, String> holds) {
    return (rendering, text, given) -> {
      Object wanted = given.required("part");
      String within = part(text, given);
      boolean any = false;
      for (Object part : wanted instanceof Tuple several ? several : List.of(wanted)) {
        if (!(part instanceof String piece)) {
          throw new TemplateFault(Repr.kind(part) + " is no part that a text begins or ends with");
        }
        any |= holds.test(within, piece) && beginsWithin(text, given);
      }
      return any;
    };
  }

  /** An empty part is found at every place but those behind the text. */
  private static boolean beginsWithin(String text, Arguments given) {
    Object start = given.get("start");
    return start == None.NONE || Numbers.whole(start) <= Iteration.length(text);
  }

  /** The text from the second argument to the third. */
  private static String part(String text, Arguments given) {
    Object start = given.get("start");
    Object end = given.get("end");
    return start == None.NONE && end == None.NONE
        ? text
        : (String) Elements.slice(text, start, end, None.NONE);
  }

  private static Object replaced(Rendering rendering, String text, Arguments given) {
    String old = given.text("old");
    return TextParts.replaced(rendering, text, old, given.text("new"), given.whole("count", -1));
  }

  private static long found(Rendering rendering, String text, Arguments given, boolean last) {
    String part = given.text("part");
    rendering.seek(text, part);
    int at = last ? text.lastIndexOf(part) : text.indexOf(part);
    return at < 0 ? -1 : text.codePointCount(0, at);
  }

  private static long index(long found) {
    if (found < 0) {
      throw new TemplateFault("a text does not hold the part of which the index is asked");
    }
    return found;
  }

  private static Object joined(Rendering rendering, String text, Arguments given) {
    List<Object> parts = Iteration.elements(rendering, given.required("values"));
    for (Object part : parts) {
      if (!(part instanceof String)) {
        throw new TemplateFault("join is called with " + Repr.kind(part));
      }
    }
    return TextParts.joined(rendering, text, parts);
  }

  private static String zeros(String text, Arguments given) {
    int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    Layout layout = Layout.of("0", '>', width(given) - sign);
    return text.substring(0, sign) + layout.text(text.substring(sign));
  }

  private static int width(Arguments given) {
    long width = Numbers.whole(given.required("width"));
    return (int) Math.max(0, Math.min(width, Integer.MAX_VALUE));
  }

  private static String justified(String text, Arguments given, char align) {
    return Layout.of(fill(given), align, width(given)).text(text);
  }

  private static String fill(Arguments given) {
    if (given.get("fillchar", " ") instanceof String text && Iteration.length(text) == 1) {
      return text;
    }
    throw new TemplateFault("what fills a text up has to be one letter");
  }

  private static String without(String text, String part, boolean first) {
    if (first) {
      return text.startsWith(part) ? text.substring(part.length()) : text;
    }
    return text.endsWith(part) ? text.substring(0, text.length() - part.length()) : text;
  }
}
