package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.List;

/** Elements and slices of texts and lists. */
public final class Elements {
  private Elements() {}

  /** What value[from:end:step] gives; None where a bound is not given. */
  public static Object slice(Object value, Object from, Object end, Object step) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
    if (!(value instanceof List<?> || value instanceof String)) {
      throw new TemplateFault("a slice of " + Repr.kind(value) + " is not supported");
    }
    long by = step == None.NONE ? 1 : Numbers.whole(step);
    if (by == 0) {
      throw new TemplateFault("a slice has a step of 0");
    }
    int length = (int) Iteration.length(value);
    int least = by > 0 ? 0 : -1;
    int most = by > 0 ? length : length - 1;
    int first = place(from, length, least, most, by > 0 ? least : most);
    int last = place(end, length, least, most, by > 0 ? most : least);
    int span = by > 0 ? last - first : first - last;
    long count = span <= 0 ? 0 : (span - 1) / Math.abs(by) + 1;
    if (value instanceof Range range) {
      return range.slice(first, last, by);
    }
    return value instanceof String text
        ? letters(text, first, (int) Math.max(-length, Math.min(by, length)), (int) count)
        : parts((List<?>) value, first, (int) Math.max(-length, Math.min(by, length)), (int) count);
  }

  private static int place(Object given, int length, int least, int most, int otherwise) {
    if (given == None.NONE) {
      return otherwise;
    }
    long place = Numbers.whole(given);
    return (int) Math.max(least, Math.min(most, place < 0 ? place + length : place));
  }

  private static String letters(String text, int first, int by, int count) {
    if (count == 0) {
      return "";
    }
    if (by == 1) {
      int start = text.offsetByCodePoints(0, first);
      return text.substring(start, text.offsetByCodePoints(start, count));
    }
    int[] letters = text.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.appendCodePoint(letters[first + i * by]);
    }
    return out.toString();
  }

  private static Object parts(List<?> list, int first, int by, int count) {
    List<Object> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(list.get(first + i * by));
    }
    return list instanceof Tuple ? new Tuple(parts) : parts;
  }

  /** Whether a value has elements by their place. */
  static boolean isIndexed(Object value) {
    return value instanceof List<?> || value instanceof String || value instanceof SafeText;
  }

  /** What value[index] gives, or null where there is no such element. */
  static Object at(Object value, long index) {
    if (value instanceof SafeText) {
      throw new TemplateFault("an element of what the filter safe gives is not supported");
    }
    int length = (int) Iteration.length(value);
    long place = index < 0 ? index + length : index;
    if (place < 0 || place >= length) {
      return null;
    }
    return value instanceof List<?> list
        ? list.get((int) place)
        : slice(value, place, place + 1, None.NONE);
  }
}
