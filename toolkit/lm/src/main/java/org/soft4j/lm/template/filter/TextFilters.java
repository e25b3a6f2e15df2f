package org.soft4j.lm.template.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.PercentFormat;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;

/** Filters of texts. */
final class TextFilters {
  private static final Pattern TITLED =
      Pattern.compile("[^-\\s\\u001c-\\u001f\\u0085\\h\\v({\\[<]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

  private TextFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.ofEntries(
        Map.entry("capitalize", plain("capitalize", PythonText::capitalized)),
        Map.entry("center", TextFilters::centered),
        Map.entry("format", TextFilters::formatted),
        Map.entry("indent", TextFilters::indented),
        Map.entry("lower", plain("lower", text -> text.toLowerCase(Locale.ROOT))),
        Map.entry("replace", TextFilters::replaced),
        Map.entry("title", (r, value, given) -> title(given.only("title", 0), value)),
        Map.entry("trim", TextFilters::trimmed),
        Map.entry("truncate", TextFilters::truncated),
        Map.entry("upper", plain("upper", text -> text.toUpperCase(Locale.ROOT))),
        Map.entry("wordcount", (r, value, given) -> words(given.only("wordcount", 0), value)));
  }

  private static Filters.Filter plain(String name, UnaryOperator<String> change) {
    return (rendering, value, given) -> {
      given.only(name, 0);
      return like(value, change.apply(Repr.str(value)));
    };
  }

  /** Of a safe text Python makes a safe text. */
  private static Object like(Object value, String text) {
    return value instanceof SafeText ? new SafeText(text) : text;
  }

  private static String text(String filter, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault("the filter %s is not for %s".formatted(filter, Repr.kind(value)));
  }

  private static Object centered(Rendering rendering, Object value, Arguments given) {
    long width = given.only("center", 1, "width").whole(0, "width", 80);
    return like(value, PythonText.centered(Repr.str(value), width, " "));
  }

  private static Object formatted(Rendering rendering, Object value, Arguments given) {
    if (!given.placed().isEmpty() && !given.named().isEmpty()) {
      throw new TemplateFault("the filter format takes values by place or by name, not both");
    }
    Object values = given.named().isEmpty() ? new Tuple(given.placed()) : given.named();
    return PercentFormat.format(rendering, text("format", string(value)), values);
  }

  private static Object string(Object value) {
    return value instanceof SafeText ? value : Repr.str(value);
  }

  private static Object replaced(Rendering rendering, Object value, Arguments given) {
    given.only("replace", 3, "old", "new", "count");
    String old = Repr.str(given.required(0, "old", "replace"));
    String by = Repr.str(given.required(1, "new", "replace"));
    Object count = given.get(2, "count", None.NONE);
    return PythonText.replaced(
        Repr.str(value), old, by, count == None.NONE ? -1 : Numbers.whole(count));
  }

  private static Object trimmed(Rendering rendering, Object value, Arguments given) {
    Object letters = given.only("trim", 1, "chars").get(0, "chars", None.NONE);
    return like(value, PythonText.stripped(Repr.str(value), letters, true, true));
  }

  /** As Jinja's filter has it, where only white space and brackets begin a word. */
  private static String title(Arguments given, Object value) {
    return TITLED
        .matcher(Repr.str(value))
        .replaceAll(word -> Matcher.quoteReplacement(first(word)));
  }

  private static String first(MatchResult word) {
    int end = Character.charCount(word.group().codePointAt(0));
    return word.group().substring(0, end).toUpperCase(Locale.ROOT)
        + word.group().substring(end).toLowerCase(Locale.ROOT);
  }

  private static long words(Arguments given, Object value) {
    return WORD.matcher(Repr.str(value)).results().count();
  }

  private static Object indented(Rendering rendering, Object value, Arguments given) {
    given.only("indent", 3, "width", "first", "blank");
    Object width = given.get(0, "width", 4L);
    String margin = width instanceof String text ? text : spaces(Numbers.whole(width));
    boolean blank = given.truth(2, "blank");
    List<Object> lines = PythonText.lines(text("indent", value) + "\n");
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i).equals("") && !blank ? "" : margin + lines.get(i));
    }
    String text = PythonText.joined("\n", lines);
    return given.truth(1, "first") ? margin + text : text;
  }

  private static String spaces(long width) {
    Bounds.requireShort(width, Bounds.ELEMENTS);
    return " ".repeat((int) Math.max(0, width));
  }

  private static Object truncated(Rendering rendering, Object value, Arguments given) {
    given.only("truncate", 4, "length", "killwords", "end", "leeway");
    String text = text("truncate", value);
    String end = text("truncate", given.get(2, "end", "..."));
    Object leeway = given.get(3, "leeway", None.NONE);
    long most = given.whole(0, "length", 255);
    long over = leeway == None.NONE ? 5 : Numbers.whole(leeway);
    int kept = (int) Math.min(most - end.codePointCount(0, end.length()), Integer.MAX_VALUE);
    if (kept < 0 || over < 0) {
      throw new TemplateFault("truncate is called with a length below that of its end");
    }
    if (text.codePointCount(0, text.length()) <= most + over) {
      return text;
    }
    String head = text.substring(0, text.offsetByCodePoints(0, kept));
    int space = head.lastIndexOf(' ');
    return (given.truth(1, "killwords") || space < 0 ? head : head.substring(0, space)) + end;
  }
}
