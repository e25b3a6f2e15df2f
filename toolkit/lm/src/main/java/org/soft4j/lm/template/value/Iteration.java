package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What a loop goes through: a text's letters, a dictionary's keys, a list's elements. */
public final class Iteration {
  private Iteration() {}

  /** The values one after another. */
  @SuppressWarnings("unchecked")
  public static Iterator<Object> iterator(Rendering rendering, Object value) {
    if (value instanceof String text) {
      return letters(text).iterator();
    }
    if (value instanceof SafeText safe) {
      return letters(safe.text()).iterator();
    }
    if (value instanceof Map<?, ?> map) {
      return (Iterator<Object>) map.keySet().iterator();
    }
    if (value instanceof Iterable<?> list) {
      return (Iterator<Object>) list.iterator();
    }
    if (value instanceof Undefined) {
      Undefined.requireUsable(value);
      return Collections.emptyIterator();
    }
    throw new TemplateFault(Repr.kind(value) + " cannot be gone through");
  }

  /** All the values, in a new list. */
  public static List<Object> elements(Rendering rendering, Object value) {
    if (value instanceof Collection<?> list) {
      return rendering.spent(new ArrayList<>(list));
    }
    List<Object> all = new ArrayList<>();
    Iterator<Object> values = iterator(rendering, value);
    while (values.hasNext()) {
      all.add(values.next());
      Bounds.requireShort(all.size(), Bounds.ELEMENTS);
    }
    return rendering.spent(all);
  }

  private static List<Object> letters(String text) {
    Bounds.requireShort(text.length() / 2, Bounds.ELEMENTS);
    List<Object> all = new ArrayList<>();
    text.codePoints().forEach(c -> all.add(Character.toString(c)));
    return all;
  }

  /** The values from the last to the first, where Python can go through them so. */
  public static List<Object> backwards(Rendering rendering, Object value) {
    if (value instanceof Lazy) {
      throw new TemplateFault(Repr.kind(value) + " cannot be gone through backwards");
    }
    List<Object> values = elements(rendering, value);
    Collections.reverse(values);
    return values;
  }

  /** Python's len(). */
  public static long length(Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof SafeText safe) {
      return length(safe.text());
    }
    if (value instanceof Collection<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof Undefined) {
      Undefined.requireUsable(value);
      return 0;
    }
    throw new TemplateFault(Repr.kind(value) + " has no length");
  }
}
