package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.PercentFormat;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;
import org.soft4j.lm.template.value.TextParts;
import org.soft4j.lm.template.value.Tuple;

/** Filters of texts. */
final class TextFilters {
  private static final Pattern TITLED =
      Pattern.compile("[^-\\s\\u001c-\\u001f\\u0085\\h\\v({\\[<]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

  static final Functions<Object> ALL =
      Functions.of(
          changed("capitalize()", PythonText::capitalized),
          changed("lower()", PythonText::lower),
          changed("upper()", PythonText::upper),
          function("center(width)", TextFilters::centered),
          function("format(*)", TextFilters::formatted),
          function("indent(width, first, blank)", TextFilters::indented),
          function("replace(old, new, count)", TextFilters::replaced),
          function("title()", (r, value, given) -> title(Repr.str(value))),
          function("trim(chars)", TextFilters::trimmed),
          function("truncate(length, killwords, end, leeway)", TextFilters::truncated),
          function("wordcount()", (r, value, given) -> words(Repr.str(value))));

  private TextFilters() {}

  private static Functions.Function<Object> changed(String written, UnaryOperator<String> change) {
    return function(
        written, (rendering, value, given) -> SafeText.like(value, change.apply(Repr.str(value))));
  }

  private static String text(String filter, Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault("the filter %s is not for %s".formatted(filter, Repr.kind(value)));
  }

  private static Object centered(Rendering rendering, Object value, Arguments given) {
    String text = TextParts.centered(Repr.str(value), given.whole("width", 80), " ");
    return SafeText.like(value, text);
  }

  private static Object formatted(Rendering rendering, Object value, Arguments given) {
    if (!given.placed().isEmpty() && !given.named().isEmpty()) {
      throw new TemplateFault("the filter format takes values by place or by name, not both");
    }
    Object values = given.named().isEmpty() ? new Tuple(given.placed()) : given.named();
    Object format = value instanceof SafeText ? value : Repr.str(value);
    return PercentFormat.format(rendering, text("format", format), values);
  }

  private static Object replaced(Rendering rendering, Object value, Arguments given) {
    String old = Repr.str(given.required("old"));
    String by = Repr.str(given.required("new"));
    Object count = given.get("count");
    return TextParts.replaced(
        rendering, Repr.str(value), old, by, count == None.NONE ? -1 : Numbers.whole(count));
  }

  private static Object trimmed(Rendering rendering, Object value, Arguments given) {
    return SafeText.like(
        value, TextParts.stripped(rendering, Repr.str(value), given.get("chars"), true, true));
  }

  /** As Jinja's filter has it, where only white space and brackets begin a word. */
  private static String title(String text) {
    return TITLED.matcher(text).replaceAll(word -> Matcher.quoteReplacement(first(word)));
  }

  private static String first(MatchResult word) {
    int end = Character.charCount(word.group().codePointAt(0));
    return PythonText.upper(word.group().substring(0, end))
        + PythonText.lower(word.group().substring(end));
  }

  private static long words(String text) {
    return WORD.matcher(text).results().count();
  }

  private static Object indented(Rendering rendering, Object value, Arguments given) {
    Object width = given.get("width", 4L);
    String margin = width instanceof String text ? text : spaces(Numbers.whole(width));
    boolean blank = given.truth("blank");
    List<Object> lines = TextParts.lines(text("indent", value) + "\n", false);
    TextBuilder out = new TextBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean margined = i == 0 ? given.truth("first") : blank || !lines.get(i).equals("");
      out.add(i == 0 ? "" : "\n").add(margined ? margin : "").add(Repr.str(lines.get(i)));
    }
    return out.toString();
  }

  private static String spaces(long width) {
    Bounds.requireShort(width, Bounds.ELEMENTS);
    return new TextBuilder().add(" ", width).toString();
  }

  private static Object truncated(Rendering rendering, Object value, Arguments given) {
    String text = text("truncate", value);
    String end = text("truncate", given.get("end", "..."));
    Object leeway = given.get("leeway");
    long most = given.whole("length", 255);
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
    return (given.truth("killwords") || space < 0 ? head : head.substring(0, space)) + end;
  }
}
