package org.soft4j.lm.template.tree;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.TextBuilder;

/**
 * for: a block for every value.
 *
 * @param target what each value is called
 * @param values what the loop goes through
 * @param test which values it leaves out
 * @param recursive whether loop(...) runs the block again for other values
 * @param body the block
 * @param otherwise run where the block was not once run to its end
 * @param scopes of the block, the test and the else
 * @param named whether the block reads loop
 */
public record Loop(
    int line,
    Target target,
    Expression values,
    Optional<Expression> test,
    boolean recursive,
    Block body,
    Block otherwise,
    Scopes scopes,
    boolean named)
    implements Statement {
  static final String LOOP = "loop";

  /** A loop may have a thousand turns without a step inside. */
  private static final int STEPS = 100;

  /** Scopes of the block, the test and the else. */
  record Scopes(Scope body, Scope test, Scope otherwise) {}

  /** A loop that has been read. */
  public Loop(
      int line,
      Target target,
      Expression values,
      Optional<Expression> test,
      boolean recursive,
      Block body,
      Block otherwise) {
    this(
        line,
        target,
        values,
        test,
        recursive,
        body,
        otherwise,
        new Scopes(new Scope(), new Scope(), new Scope()),
        recursive || !body.undeclared(Set.of(LOOP)).isEmpty());
  }

  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>(List.of(target, values, body, otherwise));
    test.ifPresent(parts::add);
    return parts;
  }

  @Override
  public void declare(Symbols symbols) {
    symbols.read(values);
  }

  @Override
  public void link(Symbols symbols) {
    scopes.body.link(symbols, this::declareBody, body);
    scopes.test.link(symbols, this::declareTest, Block.EMPTY);
    scopes.otherwise.link(symbols, own -> {}, otherwise);
  }

  private void declareBody(Symbols own) {
    if (named) {
      own.parameter(LOOP);
    }
    own.parameter(target);
  }

  private void declareTest(Symbols own) {
    own.parameter(target);
    test.ifPresent(own::read);
  }

  @Override
  public Flow run(Frame frame, TextBuilder out) {
    return run(frame, out, values.value(frame), 0);
  }

  Flow run(Frame frame, TextBuilder out, Object given, int depth) {
    frame.rendering().spend(STEPS);
    Iterator<Object> all = Iteration.iterator(given);
    Iterator<Object> kept = test.isPresent() ? kept(scopes.test.enter(frame), all) : all;
    LoopState state = new LoopState(this, frame, test.isPresent() ? kept : given, kept, depth);
    boolean completed = false;
    Flow flow = Flow.NEXT;
    while (flow != Flow.BREAK && state.hasNext()) {
      flow = turn(frame, out, state);
      completed |= flow == Flow.NEXT;
    }
    return completed || otherwise.statements().isEmpty()
        ? Flow.NEXT
        : otherwise.run(scopes.otherwise.enter(frame), out);
  }

  private Flow turn(Frame frame, TextBuilder out, LoopState state) {
    Frame own = scopes.body.enter(frame);
    target.assign(own, state.next());
    if (named) {
      own.set(LOOP, state);
    }
    return body.run(own, out);
  }

  private Iterator<Object> kept(Frame tested, Iterator<Object> all) {
    return Iteration.kept(
        all,
        value -> {
          tested.rendering().spend(1);
          target.assign(tested, value);
          return Operators.truth(test.orElseThrow().value(tested));
        });
  }
}
