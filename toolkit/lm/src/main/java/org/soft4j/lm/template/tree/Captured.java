package org.soft4j.lm.template.tree;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;

/** Statements that take the text of a block, for a variable, a filter or a macro. */
public sealed interface Captured extends Statement {
  /** What a block has written, as the filters behind set and filter are given it. */
  Expression TEXT = frame -> frame.get(Captured.NAME);

  /** Is no name that a template could have. */
  String NAME = "what was written";

  /** Runs a block with variables of its own, and gives what is made of its text to a consumer. */
  private static Flow capture(Frame own, Block body, Expression made, Consumer<Object> consumer) {
    TextBuilder text = new TextBuilder();
    Flow flow = body.run(own, text);
    if (flow == Flow.NEXT) {
      own.set(NAME, text.toString());
      consumer.accept(made.value(own));
    }
    return flow;
  }

  /** set with a block, whose text a filter may change. */
  record SetBlock(int line, Target target, Optional<Expression> filter, Block body, Scope scope)
      implements Captured {
    @Override
    public List<Part> parts() {
      return List.of(target, filter.orElse(TEXT), body);
    }

    @Override
    public void declare(Symbols symbols) {
      target.declare(symbols);
    }

    @Override
    public void link(Symbols symbols) {
      scope.link(symbols, own -> {}, body);
      filter.ifPresent(scope.symbols()::requireKnown);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      return capture(
          scope.enter(frame), body, filter.orElse(TEXT), value -> target.assign(frame, value));
    }
  }

  /** filter: a block whose text a filter changes. */
  record FilterBlock(int line, Expression filter, Block body, Scope scope) implements Captured {
    @Override
    public List<Part> parts() {
      return List.of(body, filter);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.read(filter);
    }

    @Override
    public void link(Symbols symbols) {
      scope.link(symbols, own -> {}, body);
      scope.symbols().read(filter);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      return capture(scope.enter(frame), body, filter, value -> out.add(text(value)));
    }
  }

  /** call: a macro that is given a block as caller. */
  record CallBlock(int line, Call call, MacroBody caller) implements Captured {
    @Override
    public List<Part> parts() {
      return List.of(call, caller);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.read(call);
    }

    @Override
    public void link(Symbols symbols) {
      caller.link(symbols);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      Arguments given = call.given().value(frame);
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      if (named.put(MacroBody.CALLER, new Macro("caller", caller, frame)) != null) {
        throw new TemplateFault("caller is given twice");
      }
      out.add(text(call.called(frame, new Arguments(given.placed(), named))));
      return Flow.NEXT;
    }
  }

  /** generation: marks what the model said, for those who train on it, and changes nothing. */
  record Generation(int line, Block body, Scope scope) implements Captured {
    @Override
    public List<Part> parts() {
      return List.of(body);
    }

    @Override
    public void link(Symbols symbols) {
      if (!body.undeclared(Set.of(MacroBody.CALLER, "kwargs", "varargs")).isEmpty()) {
        throw new TemplateFault("the arguments of a macro within generation are not supported")
            .in(line);
      }
      scope.link(symbols, own -> {}, body);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      return body.run(scope.enter(frame), out);
    }
  }

  private static String text(Object value) {
    if (SafeText.isText(value)) {
      return Repr.str(value);
    }
    throw new TemplateFault(Repr.kind(value) + " is no text to be written");
  }
}
