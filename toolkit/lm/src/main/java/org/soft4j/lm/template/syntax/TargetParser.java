package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.lm.template.node.Target;

/** Reads the names to which set, for and with give values. */
final class TargetParser {
  private static final List<String> CONSTANTS =
      List.of("true", "false", "none", "True", "False", "None");

  private final Tokens tokens;

  TargetParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** One name. */
  String name() {
    String name = tokens.expectName();
    if (CONSTANTS.contains(name) || name.equals("self")) {
      throw tokens.unexpected("the name " + name + " cannot be set");
    }
    return name;
  }

  Target ofSet() {
    return several(true, "");
  }

  Target ofLoop() {
    return several(false, "in");
  }

  Target ofWith() {
    return several(false, "");
  }

  private Target several(boolean namespaces, String end) {
    Target first = one(namespaces);
    if (!tokens.sees(",")) {
      return first;
    }
    List<Target> all = new ArrayList<>(List.of(first));
    while (tokens.skip(",") && !isEnd(end)) {
      all.add(one(namespaces));
    }
    return new Target.Several(all);
  }

  private boolean isEnd(String end) {
    return tokens.sees(Token.Kind.END) || tokens.sees(")") || tokens.sees(end);
  }

  private Target one(boolean namespaces) {
    if (tokens.skip("(")) {
      Target inner = several(false, "");
      tokens.expect(")");
      return inner;
    }
    String name = name();
    return namespaces && tokens.skip(".")
        ? new Target.InNamespace(name, tokens.expectName())
        : new Target.Variable(name);
  }
}
