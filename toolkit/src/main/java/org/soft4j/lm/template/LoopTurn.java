package org.soft4j.lm.template;

import com.hubspot.jinjava.util.ForLoop;
import java.util.List;
import jinjava.javax.el.ELException;

/** What a template sees as loop. */
final class LoopTurn extends ForLoop {
  private final List<Object> values;
  private boolean left;
  private boolean ended;
  private int at = -1;

  LoopTurn(List<Object> values) {
    super(values.iterator(), values.size());
    this.values = values;
  }

  @Override
  public boolean hasNext() {
    return !ended && at + 1 < values.size();
  }

  @Override
  public Object next() {
    left = false;
    at++;
    return values.get(at);
  }

  @Override
  public void doBreak() {
    left = true;
    ended = true;
  }

  @Override
  public void doContinue() {
    left = true;
  }

  /** Whether the rest of this turn is left out. */
  boolean isLeft() {
    return left;
  }

  Object attribute(String name) {
    return switch (name) {
      case "index" -> at + 1L;
      case "index0" -> (long) at;
      case "revindex" -> (long) values.size() - at;
      case "revindex0" -> values.size() - 1L - at;
      case "first" -> at == 0;
      case "last" -> at == values.size() - 1;
      case "length" -> (long) values.size();
      case "depth" -> 1L; // counts only how deep a recursive loop is
      case "depth0" -> 0L;
      case "previtem" -> at == 0 ? new Undefined("loop.previtem") : values.get(at - 1);
      case "nextitem" ->
          at == values.size() - 1 ? new Undefined("loop.nextitem") : values.get(at + 1);
      case "cycle" -> (Callable) (scope, arguments) -> cycled(arguments);
      default -> throw new ELException("loop." + name + " is not supported");
    };
  }

  private Object cycled(Arguments arguments) {
    List<Object> given = arguments.only("cycle", Integer.MAX_VALUE).placed();
    if (given.isEmpty()) {
      throw new ELException("loop.cycle is called without values");
    }
    return given.get(at % given.size());
  }
}
