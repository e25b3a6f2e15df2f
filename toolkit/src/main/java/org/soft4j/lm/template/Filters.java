package org.soft4j.lm.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jinjava.javax.el.ELException;

/** Jinja's filters of one value; those of a value's elements are {@link ListFilters}. */
final class Filters {
  /** Jinja's own that are not supported, and are refused where they are run. */
  static final Set<String> REFUSED =
      Set.of(
          "attr",
          "batch",
          "center",
          "dictsort",
          "e",
          "escape",
          "filesizeformat",
          "forceescape",
          "format",
          "groupby",
          "max",
          "min",
          "pprint",
          "random",
          "round",
          "slice",
          "striptags",
          "tojson",
          "truncate",
          "urlencode",
          "urlize",
          "wordcount",
          "wordwrap",
          "xmlattr");

  private static final Map<String, Filter> KNOWN = known();

  private static final Pattern TITLED =
      Pattern.compile("[^-\\s\\u001c-\\u001f\\u0085\\h\\v({\\[<]+");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(?:_\\d+)*");

  private Filters() {}

  private static Map<String, Filter> known() {
    Map<String, Filter> known = new TreeMap<>(ListFilters.all());
    known.put("abs", (scope, value, given) -> absolute(value));
    known.put("capitalize", (scope, value, given) -> PythonText.capitalized(text(value)));
    known.put("d", Filters::otherwise);
    known.put("default", Filters::otherwise);
    known.put("float", (scope, value, given) -> floating(value, given));
    known.put("indent", Filters::indented);
    known.put("int", (scope, value, given) -> whole(value, given));
    known.put("lower", (scope, value, given) -> text(value).toLowerCase(Locale.ROOT));
    known.put("replace", (scope, value, given) -> replaced(value, given));
    known.put("safe", (scope, value, given) -> new SafeText(text(value)));
    known.put("string", (scope, value, given) -> text(value));
    known.put("title", (scope, value, given) -> title(text(value)));
    known.put("trim", (scope, value, given) -> trimmed(value, given));
    known.put("upper", (scope, value, given) -> text(value).toUpperCase(Locale.ROOT));
    return Map.copyOf(known);
  }

  /** One filter. */
  @FunctionalInterface
  interface Filter {
    Object apply(Scope scope, Object value, Arguments given);
  }

  static boolean isKnown(String name) {
    return KNOWN.containsKey(name) || REFUSED.contains(name);
  }

  static Object apply(Scope scope, String name, Object value, Arguments given) {
    Filter filter = KNOWN.get(name);
    if (filter == null) {
      throw new ELException("the filter " + name + " is not supported");
    }
    return scope.spent(filter.apply(scope, value, given));
  }

  private static String text(Object value) {
    return PythonValues.str(value);
  }

  private static void require(boolean holds, String filter, Object value) {
    if (!holds) {
      throw new ELException("the filter %s is not for %s".formatted(filter, Numbers.kind(value)));
    }
  }

  private static Object absolute(Object value) {
    boolean negative = Numbers.isNumber(value) && Numbers.compared(value, 0L) < 0;
    return Numbers.calculated(negative ? "-" : "+", 0L, value);
  }

  private static Object otherwise(Scope scope, Object value, Arguments given) {
    given.only("default", 2, "default_value", "boolean");
    boolean byTruth = Operators.truth(given.get(1, "boolean", false));
    boolean missing = value instanceof Undefined || (byTruth && !Operators.truth(value));
    return missing ? given.get(0, "default_value", "") : value;
  }

  private static Object whole(Object value, Arguments given) {
    Object otherwise = given.only("int", 1, "default").get(0, "default", 0L);
    require(!(value instanceof Undefined), "int", value);
    if (Numbers.isNumber(value)) {
      return Numbers.isWhole(value) ? Numbers.whole(value) : truncated((Number) value);
    }
    if (!(value instanceof CharSequence)) {
      return otherwise;
    }
    String digits = PythonText.stripped(text(value), PythonValues.NONE, true, true);
    if (NUMBER.matcher(digits).matches()) {
      return new BigInteger(digits.replace("_", "").replace("+", "")).longValueExact();
    }
    Object number = floating(digits, new Arguments(List.of(PythonValues.NONE), Map.of()));
    return number instanceof Double known ? truncated(known) : otherwise;
  }

  private static long truncated(Number value) {
    return new BigDecimal(value.doubleValue()).toBigInteger().longValueExact();
  }

  private static Object floating(Object value, Arguments given) {
    Object otherwise = given.only("float", 1, "default").get(0, "default", 0.0);
    require(!(value instanceof Undefined), "float", value);
    if (Numbers.isNumber(value)) {
      return Numbers.floating(value);
    }
    String digits = PythonText.stripped(text(value), PythonValues.NONE, true, true);
    boolean plain = digits.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    return plain ? (Object) Double.parseDouble(digits) : otherwise;
  }

  private static Object replaced(Object value, Arguments given) {
    given.only("replace", 3, "old", "new", "count");
    String old = text(given.required(0, "old", "replace"));
    String by = text(given.required(1, "new", "replace"));
    return PythonText.replaced(text(value), old, by, given.get(2, "count", PythonValues.NONE));
  }

  private static Object trimmed(Object value, Arguments given) {
    Object letters = given.only("trim", 1, "chars").get(0, "chars", PythonValues.NONE);
    return PythonText.stripped(text(value), letters, true, true);
  }

  /** As Jinja's filter has it, where only white space and brackets begin a word. */
  private static String title(String text) {
    return TITLED.matcher(text).replaceAll(word -> Matcher.quoteReplacement(first(word)));
  }

  private static String first(MatchResult word) {
    int end = Character.charCount(word.group().codePointAt(0));
    return word.group().substring(0, end).toUpperCase(Locale.ROOT)
        + word.group().substring(end).toLowerCase(Locale.ROOT);
  }

  private static Object indented(Scope scope, Object value, Arguments given) {
    given.only("indent", 3, "width", "first", "blank");
    require(value instanceof CharSequence, "indent", value);
    Object width = given.get(0, "width", 4L);
    String margin =
        width instanceof CharSequence
            ? text(width)
            : text(Operators.arithmetic(scope, "*", " ", width));
    boolean blank = Operators.truth(given.get(2, "blank", false));
    List<Object> lines = PythonText.lines(text(value) + "\n");
    List<Object> out = new ArrayList<>();
    for (Object line : lines) {
      boolean bare = out.isEmpty() || (line.equals("") && !blank);
      out.add(bare ? line : margin + line);
    }
    String text = PythonText.joined("\n", out);
    return Operators.truth(given.get(1, "first", false)) ? margin + text : text;
  }
}
