package org.soft4j.lm.template.value;

import java.util.AbstractList;
import java.util.List;

/** Python's range: whole numbers with the same step between them. */
final class Range extends AbstractList<Object> {
  private final long start;
  private final long stop;
  private final long step;
  private final int size;

  Range(long start, long stop, long step) {
    long span = step > 0 ? Math.subtractExact(stop, start) : Math.subtractExact(start, stop);
    long width = step > 0 ? step : Math.negateExact(step);
    long count = span <= 0 ? 0 : (span - 1) / width + 1;
    Bounds.requireShort(count, Bounds.ELEMENTS);
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = (int) count;
  }

  /** What range(stop), range(start, stop) and range(start, stop, step) give. */
  static Range of(Rendering rendering, Arguments arguments) {
    List<Object> given = arguments.placed();
    if (given.isEmpty()) {
      throw new TemplateFault("range is called without an end");
    }
    long start = given.size() == 1 ? 0 : Numbers.whole(given.get(0));
    long stop = Numbers.whole(given.get(given.size() == 1 ? 0 : 1));
    long step = given.size() < 3 ? 1 : Numbers.whole(given.get(2));
    if (step == 0) {
      throw new TemplateFault("range is called with a step of 0");
    }
    return rendering.spent(new Range(start, stop, step));
  }

  Range slice(int first, int last, long by) {
    return new Range(start + step * first, start + step * last, Math.multiplyExact(step, by));
  }

  String repr() {
    return "range(" + start + ", " + stop + (step == 1 ? ")" : ", " + step + ")");
  }

  @Override
  public Object get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return start + step * index;
  }

  @Override
  public int size() {
    return size;
  }
}
