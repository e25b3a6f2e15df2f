package org.soft4j.lm.template.tree;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;
import org.soft4j.lm.template.value.Tuple;

/** What a template sees as loop. It looks one value ahead only where it is asked to. */
final class LoopState implements Members.Callable, Members.Attributes {
  private static final Functions<LoopState> METHODS =
      Functions.of(
          function("cycle(*)", (r, loop, given) -> loop.cycled(given.placed())),
          function("changed(*)", (r, loop, given) -> loop.changed(r, given.placed())));

  private final Loop loop;
  private final Frame frame;
  private final Object given;
  private final int depth;
  private Iterator<Object> values;
  private int at = -1;
  private long length = -1;
  private Object before;
  private Object current;
  private Object changed;

  LoopState(Loop loop, Frame frame, Object given, Iterator<Object> values, int depth) {
    this.loop = loop;
    this.frame = frame;
    this.given = given;
    this.values = values;
    this.depth = depth;
  }

  boolean hasNext() {
    return values.hasNext();
  }

  Object next() {
    at++;
    before = current;
    current = values.next();
    return current;
  }

  @Override
  public Optional<Object> attribute(Rendering rendering, String name) {
    return Optional.ofNullable(member(rendering, name));
  }

  private Object member(Rendering rendering, String name) {
    return switch (name) {
      case "index" -> at + 1L;
      case "index0" -> (long) at;
      case "revindex" -> length() - at;
      case "revindex0" -> length() - 1 - at;
      case "first" -> at == 0;
      case "last" -> !values.hasNext();
      case "length" -> length();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> at == 0 ? rendering.undefined("loop.previtem") : before;
      case "nextitem" -> values.hasNext() ? ahead() : rendering.undefined("loop.nextitem");
      default -> METHODS.method(this, name).orElse(null);
    };
  }

  private long length() {
    if (length < 0) {
      length = given instanceof Iterator<?> ? at + 1L + rest().size() : Iteration.length(given);
    }
    return length;
  }

  private List<Object> rest() {
    List<Object> rest = new ArrayList<>();
    values.forEachRemaining(rest::add);
    values = rest.iterator();
    return rest;
  }

  private Object ahead() {
    Object next = values.next();
    values = new Ahead(next, values);
    return next;
  }

  private Object cycled(List<Object> given) {
    if (given.isEmpty()) {
      throw new TemplateFault("loop.cycle is called without values");
    }
    return given.get(at % given.size());
  }

  private Object changed(Rendering rendering, List<Object> given) {
    Object value = new Tuple(given);
    boolean same = changed != null && Operators.equal(rendering, changed, value);
    changed = value;
    return !same;
  }

  /** Runs a recursive loop again for other values. */
  @Override
  public Object call(Rendering rendering, Arguments arguments) {
    if (!loop.recursive()) {
      throw new TemplateFault("loop is called, and it is not recursive");
    }
    Object inner = arguments.of("loop(iterable)").required("iterable");
    TextBuilder out = new TextBuilder();
    rendering.enter();
    loop.run(frame, out, inner, depth + 1);
    rendering.leave();
    return out.toString();
  }

  /** A value that has been looked at already, and those behind it. */
  private static final class Ahead implements Iterator<Object> {
    private final Object first;
    private final Iterator<Object> others;
    private boolean given;

    Ahead(Object first, Iterator<Object> others) {
      this.first = first;
      this.others = others;
    }

    @Override
    public boolean hasNext() {
      return !given || others.hasNext();
    }

    @Override
    public Object next() {
      boolean now = !given;
      given = true;
      return now ? first : others.next();
    }
  }
}
