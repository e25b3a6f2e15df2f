package org.soft4j.lm.template.value;

import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Values that can be gone through once, as filters give them: each is made when it is asked for.
 */
public final class Lazy implements Iterable<Object> {
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
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return started().hasNext();
      }

      @Override
      public Object next() {
        return started().next();
      }
    };
  }

  private Iterator<Object> started() {
    if (values == null) {
      values = source.get();
    }
    return values;
  }
}
