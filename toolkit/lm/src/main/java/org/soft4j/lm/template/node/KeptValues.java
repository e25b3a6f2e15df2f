package org.soft4j.lm.template.node;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The values of a loop that its test keeps, each tested when it is asked for. */
final class KeptValues implements Iterator<Object> {
  private final Loop loop;
  private final Frame frame;
  private final Iterator<Object> values;
  private boolean found;
  private Object next;

  KeptValues(Loop loop, Frame outer, Iterator<Object> values) {
    this.loop = loop;
    this.frame = loop.tested(outer);
    this.values = values;
  }

  @Override
  public boolean hasNext() {
    while (!found && values.hasNext()) {
      next = values.next();
      found = loop.keeps(frame, next);
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
}
