package org.soft4j.lm.template.value;

import java.util.AbstractList;
import java.util.List;

/** Python's tuple: it equals no list, and can be a key of a dictionary. */
public final class Tuple extends AbstractList<Object> {
  private final List<Object> values;
  private final List<String> names;

  public Tuple(List<Object> values) {
    this(values, List.of());
  }

  /** A tuple whose values have names, too. */
  public Tuple(List<Object> values, List<String> names) {
    this.values = values;
    this.names = names;
  }

  public static Tuple of(Object... values) {
    return new Tuple(List.of(values));
  }

  /** The value of a name, or null. */
  Object named(String name) {
    int place = names.indexOf(name);
    return place < 0 ? null : values.get(place);
  }

  @Override
  public Object get(int index) {
    return values.get(index);
  }

  @Override
  public int size() {
    return values.size();
  }
}
