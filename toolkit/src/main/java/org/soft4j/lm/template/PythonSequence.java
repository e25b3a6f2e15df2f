package org.soft4j.lm.template;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;

/** What Python does not take for a list, though it holds values in an order. */
final class PythonSequence extends AbstractList<Object> {
  /** A tuple, or a range or the view of a dictionary, which is only gone through. */
  enum Kind {
    TUPLE,
    VIEW
  }

  private final Kind kind;
  private final List<Object> values;

  PythonSequence(Kind kind, List<Object> values) {
    this.kind = kind;
    this.values = values;
  }

  static PythonSequence tuple(Object... values) {
    return new PythonSequence(Kind.TUPLE, List.of(values));
  }

  Kind kind() {
    return kind;
  }

  @Override
  public Object get(int index) {
    return values.get(index);
  }

  @Override
  public int size() {
    return values.size();
  }

  /** Values that can be gone through once, as filters give them: they have no length. */
  static final class Once implements Iterable<Object> {
    private List<Object> left;

    Once(List<Object> values) {
      this.left = values;
    }

    @Override
    public Iterator<Object> iterator() {
      List<Object> values = left;
      left = List.of();
      return values.iterator();
    }
  }
}
