package org.soft4j.lm.template.node;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Statements that set variables. */
public sealed interface Assignment extends Statement {
  /** set with a value. */
  record SetValue(int line, Target target, Expression value) implements Assignment {
    @Override
    public void declare(Symbols symbols) {
      symbols.read(value);
      target.reads(symbols::read);
      target.sets(symbols::store);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      target.assign(frame, value.value(frame));
      return Flow.NEXT;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      target.sets(name -> visitor.accept(name, true));
      value.names(name -> visitor.accept(name, false));
    }
  }

  /** set with a block, whose text a filter may change. */
  record SetBlock(int line, Target target, Optional<Expression> filter, Block body, Scope scope)
      implements Assignment {
    @Override
    public void declare(Symbols symbols) {
      target.reads(symbols::read);
      target.sets(symbols::store);
    }

    @Override
    public void link(Symbols symbols) {
      scope.link(symbols, own -> {}, body);
      filter.ifPresent(scope.symbols()::requireKnown);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      Frame own = scope.enter(frame);
      Output text = new Output();
      Flow flow = body.run(own, text);
      if (flow == Flow.NEXT) {
        own.set(Applied.Written.NAME, text.text());
        target.assign(frame, filter.map(f -> f.value(own)).orElse(text.text()));
      }
      return flow;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      target.sets(name -> visitor.accept(name, true));
      filter.ifPresent(f -> f.names(name -> visitor.accept(name, false)));
      body.names(visitor);
    }
  }

  /** with: variables of a block. */
  record With(int line, List<Target> targets, List<Expression> values, Block body, Scope scope)
      implements Assignment {
    @Override
    public void declare(Symbols symbols) {
      values.forEach(symbols::read);
    }

    @Override
    public void link(Symbols symbols) {
      scope.link(symbols, own -> targets.forEach(target -> target.sets(own::parameter)), body);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      Frame own = scope.enter(frame);
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(own, values.get(i).value(frame));
      }
      return body.run(own, out);
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      targets.forEach(target -> target.sets(name -> visitor.accept(name, true)));
      values.forEach(value -> value.names(name -> visitor.accept(name, false)));
      body.names(visitor);
    }
  }
}
