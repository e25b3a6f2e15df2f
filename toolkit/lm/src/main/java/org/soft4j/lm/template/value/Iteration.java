package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a loop goes through: a text's letters, a dictionary's keys, a list's elements. */
public final class Iteration {
  private Iteration() {}

  /**
   * Values that can be gone through once, as filters give them: each is made when it is asked for.
   */
  public static final class Lazy implements Iterable<Object>, Iterator<Object> {
    private final Supplier<Iterator<Object>> source;
    private Iterator<Object> values;

    /**
     * Takes what makes the values.
     *
     * @param source asked when the first value is
     */
    public Lazy(Supplier<Iterator<Object>> source) {
      this.source = source;
    }

    @Override
    public Iterator<Object> iterator() {
      return this;
    }

    @Override
    public boolean hasNext() {
      values = values == null ? source.get() : values;
      return values.hasNext();
    }

    @Override
    public Object next() {
      values = values == null ? source.get() : values;
      return values.next();
    }
  }

  /** The values one after another. */
  @SuppressWarnings("unchecked")
  public static Iterator<Object> iterator(Object value) {
    if (SafeText.isText(value)) {
      return letters(Repr.str(value)).iterator();
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

  private static List<Object> letters(String text) {
    Bounds.requireShort(text.length() / 2, Bounds.ELEMENTS);
    List<Object> all = new ArrayList<>();
    text.codePoints().forEach(c -> all.add(Character.toString(c)));
    return all;
  }

  /** The values that hold a test, each tested when it is asked for. */
  public static Iterator<Object> kept(Iterator<Object> values, Predicate<Object> test) {
    return new Iterator<>() {
      private boolean found;
      private Object next;

      @Override
      public boolean hasNext() {
        while (!found && values.hasNext()) {
          next = values.next();
          found = test.test(next);
        }
        return found;
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        found = false;
        return next;
      }
    };
  }

  /** All the values, in a new list. */
  public static List<Object> elements(Rendering rendering, Object value) {
    if (value instanceof Collection<?> list) {
      return rendering.spent(new ArrayList<>(list));
    }
    List<Object> all = new ArrayList<>();
    iterator(value).forEachRemaining(each -> Bounds.add(all, each));
    return rendering.spent(all);
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
    if (SafeText.isText(value)) {
      String text = Repr.str(value);
      return text.codePointCount(0, text.length());
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
