package org.soft4j.lm.text;

import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;

/**
 * Python's methods of texts, which chat templates call. Java's own are out of reach, since some of
 * them have the same name and do something else.
 */
final class PythonText extends ELResolver {
  /** What templates call; others are refused by name. */
  private static final List<String> KNOWN =
      List.of(
          "strip",
          "lstrip",
          "rstrip",
          "startswith",
          "endswith",
          "split",
          "upper",
          "lower",
          "title",
          "capitalize",
          "replace",
          "find",
          "count",
          "join");

  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
    if (!(base instanceof CharSequence text)) {
      return null; // leaves it to the next resolver
    }
    context.setPropertyResolved(true);
    String name = String.valueOf(method);
    if (!KNOWN.contains(name)) {
      throw new ELException("a text's method " + name + " is not supported");
    }
    Object[] given = parameters == null ? new Object[0] : parameters;
    return call(text.toString(), name, given);
  }

  private static Object call(String text, String name, Object[] given) {
    return switch (name) {
      case "strip" -> rightStripped(leftStripped(text, given), given);
      case "lstrip" -> leftStripped(text, given);
      case "rstrip" -> rightStripped(text, given);
      case "startswith" -> text.startsWith(argument(name, given, 0));
      case "endswith" -> text.endsWith(argument(name, given, 0));
      case "split" -> split(text, given);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalized(text);
      case "replace" -> text.replace(argument(name, given, 0), argument(name, given, 1));
      case "find" -> text.indexOf(argument(name, given, 0));
      case "count" -> count(text, argument(name, given, 0));
      default -> join(text, given);
    };
  }

  private static String argument(String name, Object[] given, int at) {
    if (given.length <= at || !(given[at] instanceof CharSequence)) {
      throw new ELException("a text's method " + name + " is called with " + Arrays.asList(given));
    }
    return given[at].toString();
  }

  private static String leftStripped(String text, Object[] given) {
    IntPredicate gone = stripped(given);
    int from = 0;
    while (from < text.length() && gone.test(text.charAt(from))) {
      from++;
    }
    return text.substring(from);
  }

  private static String rightStripped(String text, Object[] given) {
    IntPredicate gone = stripped(given);
    int end = text.length();
    while (end > 0 && gone.test(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** The given letters, or white space. */
  private static IntPredicate stripped(Object[] given) {
    if (given.length == 0) {
      return c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
    String letters = argument("strip", given, 0);
    return c -> letters.indexOf(c) >= 0;
  }

  private static List<String> split(String text, Object[] given) {
    if (given.length == 0) {
      String inner = rightStripped(leftStripped(text, given), given);
      return inner.isEmpty() ? List.of() : List.of(inner.split("(?U)\\s+"));
    }
    int limit = given.length > 1 && given[1] instanceof Number n ? n.intValue() + 1 : -1;
    return List.of(text.split(Pattern.quote(argument("split", given, 0)), limit < 1 ? -1 : limit));
  }

  private static String title(String text) {
    Matcher words = Pattern.compile("\\p{L}+").matcher(text);
    return words.replaceAll(word -> Matcher.quoteReplacement(capitalized(word.group())));
  }

  private static String capitalized(String text) {
    int first = text.isEmpty() ? 0 : Character.charCount(text.codePointAt(0));
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  private static long count(String text, String part) {
    return part.isEmpty()
        ? text.codePoints().count() + 1L
        : Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }

  private static String join(String text, Object[] given) {
    if (given.length != 1 || !(given[0] instanceof Iterable<?> parts)) {
      throw new ELException("a text's method join is called with " + Arrays.asList(given));
    }
    StringBuilder joined = new StringBuilder();
    String between = "";
    for (Object part : parts) {
      joined.append(between).append(part);
      between = text;
    }
    return joined.toString();
  }

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    return null; // a text has no values but methods
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return Object.class;
  }
}
