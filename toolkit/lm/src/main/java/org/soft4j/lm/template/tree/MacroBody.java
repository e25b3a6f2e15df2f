package org.soft4j.lm.template.tree;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextBuilder;

/**
 * What a macro or a call block runs.
 *
 * @param parameters in their order
 * @param defaults of the parameters that have one
 * @param body the block
 * @param specials those of caller, kwargs and varargs that the block reads
 */
public record MacroBody(
    int line,
    List<String> parameters,
    Map<String, Expression> defaults,
    Statement.Block body,
    Set<String> specials,
    Scope scope)
    implements Part {
  static final String CALLER = "caller";
  static final String KWARGS = "kwargs";
  static final String VARARGS = "varargs";
  static final Set<String> SPECIALS = Set.of(CALLER, KWARGS, VARARGS);

  /** Takes what stands in the source. */
  public static MacroBody of(
      int line, List<String> parameters, Map<String, Expression> defaults, Statement.Block body) {
    Set<String> specials = body.undeclared(SPECIALS);
    if (specials.contains(CALLER) && parameters.contains(CALLER)) {
      throw new TemplateFault("a macro with a parameter named caller is not supported").in(line);
    }
    specials.removeAll(parameters);
    return new MacroBody(line, parameters, defaults, body, specials, new Scope());
  }

  void link(Symbols symbols) {
    scope.link(symbols, this::declared, body);
    specials.forEach(scope.symbols()::parameter);
  }

  private void declared(Symbols own) {
    parameters.forEach(own::parameter);
    defaults.values().forEach(own::read);
    specials.forEach(own::parameter);
  }

  @Override
  public void names(NameVisitor visitor) {
    parameters.forEach(name -> visitor.name(name, true));
    defaults.values().forEach(value -> value.names(visitor));
    body.names(visitor);
  }

  /** macro: sets a variable to a macro. */
  public record Definition(String name, MacroBody macro) implements Statement {
    @Override
    public int line() {
      return macro.line;
    }

    @Override
    public List<Part> parts() {
      return List.of(macro);
    }

    @Override
    public void declare(Symbols symbols) {
      symbols.store(name);
    }

    @Override
    public void link(Symbols symbols) {
      macro.link(symbols);
    }

    @Override
    public Flow run(Frame frame, TextBuilder out) {
      frame.set(name, new Macro(name, macro, frame));
      return Flow.NEXT;
    }
  }
}
