package org.soft4j.lm.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Repr;

/**
 * Values as Python writes them, for templates that were written for Python: texts, whole and
 * floating-point numbers, truth values, lists, dictionaries and None.
 */
public final class PythonValues {
  private PythonValues() {}

  /** The value as a template is given it: nulls become None, at every depth. */
  static Object forTemplate(Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(String.valueOf(key), forTemplate(inner)));
      return copy;
    }
    if (value instanceof Iterable<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(inner -> copy.add(forTemplate(inner)));
      return copy;
    }
    if (value instanceof BigInteger big) {
      return Numbers.held(big);
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    boolean whole = value instanceof Integer || value instanceof Short || value instanceof Byte;
    return whole ? (Object) ((Number) value).longValue() : value;
  }

  /** What Python's str() gives: a text as it is, anything else as {@link #repr}. */
  public static String str(Object value) {
    return Repr.str(value);
  }

  /** What Python's repr() gives. */
  public static String repr(Object value) {
    return Repr.repr(value);
  }
}
