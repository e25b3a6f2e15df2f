package org.soft4j.lm.template.node;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Operators;

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
  private static final Block NO_BLOCK = new Block(java.util.List.of());
  static final String LOOP = "loop";

  /** A loop may have a thousand turns without a step inside. */
  private static final int STEPS = 100;

  /** Scopes of the block, the test and the else. */
  public record Scopes(Scope body, Scope test, Scope otherwise) {
    public Scopes() {
      this(new Scope(), new Scope(), new Scope());
    }
  }

  /** Reads whether the block needs loop. */
  public static boolean isNamed(Block body) {
    return !body.undeclared(Set.of(LOOP)).isEmpty();
  }

  @Override
  public void declare(Symbols symbols) {
    symbols.read(values);
  }

  @Override
  public void link(Symbols symbols) {
    scopes.body.link(symbols, this::declareBody, body);
    scopes.test.link(symbols, this::declareTest, NO_BLOCK);
    scopes.otherwise.link(symbols, own -> {}, otherwise);
  }

  private void declareBody(Symbols own) {
    if (named || recursive) {
      own.parameter(LOOP);
    }
    target.sets(own::parameter);
  }

  private void declareTest(Symbols own) {
    target.sets(own::parameter);
    test.ifPresent(own::read);
  }

  @Override
  public Flow run(Frame frame, Output out) {
    return run(frame, out, values.value(frame), 0);
  }

  Flow run(Frame frame, Output out, Object given, int depth) {
    frame.rendering().spend(STEPS);
    Iterator<Object> all = Iteration.iterator(given);
    Iterator<Object> kept = test.isPresent() ? new KeptValues(this, frame, all) : all;
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

  private Flow turn(Frame frame, Output out, LoopState state) {
    Frame own = scopes.body.enter(frame);
    target.assign(own, state.next());
    if (named || recursive) {
      own.set(LOOP, state);
    }
    return body.run(own, out);
  }

  /** Enters the scope in which values are tested. */
  Frame tested(Frame frame) {
    return scopes.test.enter(frame);
  }

  boolean keeps(Frame tested, Object value) {
    tested.rendering().spend(1);
    target.assign(tested, value);
    return Operators.truth(test.orElseThrow().value(tested));
  }

  @Override
  public void names(BiConsumer<String, Boolean> visitor) {
    target.sets(name -> visitor.accept(name, true));
    values.names(name -> visitor.accept(name, false));
    body.names(visitor);
    otherwise.names(visitor);
    test.ifPresent(condition -> condition.names(name -> visitor.accept(name, false)));
  }
}
