package org.soft4j.lm.template.node;

import java.util.Set;
import java.util.function.BiConsumer;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;

/** Statements that write what a filter, a macro or nothing makes of a block. */
public sealed interface Captured extends Statement {
  /** filter: a block whose text a filter changes. */
  record FilterBlock(int line, Expression filter, Block body, Scope scope) implements Captured {
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
    public Flow run(Frame frame, Output out) {
      Frame own = scope.enter(frame);
      Output text = new Output();
      Flow flow = body.run(own, text);
      if (flow == Flow.NEXT) {
        own.set(Applied.Written.NAME, text.text());
        out.write(text(filter.value(own)));
      }
      return flow;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      body.names(visitor);
      filter.names(name -> visitor.accept(name, false));
    }
  }

  /** call: a macro that is given a block as caller. */
  record CallBlock(int line, Access.Call call, MacroBody caller) implements Captured {
    @Override
    public void declare(Symbols symbols) {
      symbols.read(call);
    }

    @Override
    public void link(Symbols symbols) {
      caller.link(symbols);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      Arguments given = call.arguments().value(frame, java.util.List.of());
      java.util.Map<String, Object> named = new java.util.LinkedHashMap<>(given.named());
      if (named.put(MacroBody.CALLER, new Macro("caller", caller, frame)) != null) {
        throw new TemplateFault("caller is given twice");
      }
      out.write(text(call.called(frame, new Arguments(given.placed(), named))));
      return Flow.NEXT;
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      call.names(name -> visitor.accept(name, false));
      caller.names(visitor);
    }
  }

  /** generation: marks what the model said, for those who train on it, and changes nothing. */
  record Generation(int line, Block body, Scope scope) implements Captured {
    @Override
    public void declare(Symbols symbols) {}

    @Override
    public void link(Symbols symbols) {
      if (!body.undeclared(Set.of(MacroBody.CALLER, "kwargs", "varargs")).isEmpty()) {
        throw new TemplateFault("the arguments of a macro within generation are not supported")
            .in(line);
      }
      scope.link(symbols, own -> {}, body);
    }

    @Override
    public Flow run(Frame frame, Output out) {
      return body.run(scope.enter(frame), out);
    }

    @Override
    public void names(BiConsumer<String, Boolean> visitor) {
      body.names(visitor);
    }
  }

  private static String text(Object value) {
    if (value instanceof String || value instanceof SafeText) {
      return Repr.str(value);
    }
    throw new TemplateFault(Repr.kind(value) + " is no text to be written");
  }
}
