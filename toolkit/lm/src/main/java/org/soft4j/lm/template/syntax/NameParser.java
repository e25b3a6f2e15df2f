package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.tree.Expression;
import org.soft4j.lm.template.tree.MacroBody;
import org.soft4j.lm.template.tree.Statement;
import org.soft4j.lm.template.tree.Target;

/** Reads the names to which set, for, with and macros give values. */
final class NameParser {
  private static final List<String> CONSTANTS =
      List.of("true", "false", "none", "True", "False", "None", "self");

  private final Tokens tokens;
  private final ExpressionParser expressions;

  NameParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /** One name. */
  String name() {
    String name = tokens.expectName();
    if (CONSTANTS.contains(name)) {
      throw tokens.unexpected("the name " + name + " cannot be set");
    }
    return name;
  }

  /**
   * A name, or several with commas between them.
   *
   * @param namespaces whether they may be those of a namespace
   * @param end the word that may follow them
   */
  Target targets(boolean namespaces, String end) {
    Target first = target(namespaces);
    if (!tokens.sees(",")) {
      return first;
    }
    List<Target> all = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !tokens.sees(Tokens.Kind.END) && !tokens.seesAny(")", end)) {
      all.add(target(namespaces));
    }
    return new Target.Several(all);
  }

  private Target target(boolean namespaces) {
    if (tokens.skip("(")) {
      Target inner = targets(false, "");
      tokens.expect(")");
      return inner;
    }
    String name = name();
    return namespaces && tokens.skip(".")
        ? new Target.InNamespace(name, tokens.expectName())
        : new Target.Variable(name);
  }

  /** The parameters of a macro or of a call block. */
  record Parameters(List<String> names, Map<String, Expression> defaults) {
    MacroBody with(int line, Statement.Block body) {
      return MacroBody.of(line, names, defaults, body);
    }
  }

  /** The parameters that stand in brackets. */
  Parameters parameters() {
    List<String> names = new ArrayList<>();
    Map<String, Expression> defaults = new HashMap<>();
    tokens.expect("(");
    while (!tokens.skip(")")) {
      if (!names.isEmpty()) {
        tokens.expect(",");
      }
      String name = name();
      if (names.contains(name)) {
        throw tokens.unexpected("the parameter " + name + " stands there twice");
      }
      if (tokens.skip("=")) {
        defaults.put(name, expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw tokens.unexpected("a parameter without a default follows one with it");
      }
      names.add(name);
    }
    return new Parameters(names, defaults);
  }
}
