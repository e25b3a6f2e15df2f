package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.node.Block;
import org.soft4j.lm.template.node.Expression;
import org.soft4j.lm.template.node.MacroBody;

/** Reads the parameters of a macro or of a call block. */
final class MacroParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private final List<String> parameters = new ArrayList<>();
  private final Map<String, Expression> defaults = new HashMap<>();

  MacroParser(Tokens tokens, ExpressionParser expressions, TargetParser targets) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.targets = targets;
  }

  void read() {
    tokens.expect("(");
    while (!tokens.skip(")")) {
      if (!parameters.isEmpty()) {
        tokens.expect(",");
      }
      String name = targets.name();
      if (parameters.contains(name)) {
        throw tokens.unexpected("the parameter " + name + " stands there twice");
      }
      if (tokens.skip("=")) {
        defaults.put(name, expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.unexpected("a parameter without a default follows one with it");
      }
      parameters.add(name);
    }
  }

  MacroBody with(int line, Block body) {
    return MacroBody.of(line, List.copyOf(parameters), Map.copyOf(defaults), body);
  }
}
