package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.node.CallArguments;
import org.soft4j.lm.template.node.Expression;

/** Reads what stands in the brackets of a call. */
final class ArgumentParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  ArgumentParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  static CallArguments single(Expression value) {
    return new CallArguments(List.of(value), Map.of(), Optional.empty(), Optional.empty());
  }

  CallArguments read() {
    tokens.expect("(");
    List<Expression> placed = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Optional<Expression> list = Optional.empty();
    Optional<Expression> map = Optional.empty();
    while (!tokens.skip(")")) {
      require(map.isEmpty());
      if (tokens.skip("*")) {
        require(list.isEmpty());
        list = Optional.of(expressions.expression());
      } else if (tokens.skip("**")) {
        map = Optional.of(expressions.expression());
      } else if (isNamed()) {
        named(named);
      } else {
        require(named.isEmpty() && list.isEmpty());
        placed.add(expressions.expression());
      }
      if (!tokens.sees(")")) {
        tokens.expect(",");
      }
    }
    return new CallArguments(placed, named, list, map);
  }

  private boolean isNamed() {
    return tokens.sees(Token.Kind.NAME) && tokens.sees(tokens.peek().text(), "=");
  }

  private void named(Map<String, Expression> named) {
    String name = tokens.expectName();
    tokens.expect("=");
    if (named.put(name, expressions.expression()) != null) {
      throw tokens.unexpected("the argument " + name + " is given twice");
    }
  }

  private void require(boolean holds) {
    if (!holds) {
      throw tokens.unexpected("arguments in another order are expected");
    }
  }
}
