package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import jinjava.javax.el.ELException;

/** Reads what stands in a section that is not written, and writes it as jinjava takes it. */
final class StatementParser {
  private static final List<String> PLAIN =
      List.of("else", "endif", "endfor", "endset", "endmacro", "break", "continue");

  private static final List<String> READING = List.of("include", "import", "from", "extends");

  private final TokenCursor tokens;
  private final ExpressionParser expressions;
  private final ToIntFunction<Expression> numbers;

  /**
   * Reads from a section.
   *
   * @param numbers keeps an expression, and gives its number
   */
  StatementParser(
      TokenCursor tokens, ExpressionParser expressions, ToIntFunction<Expression> numbers) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.numbers = numbers;
  }

  /** The section for jinjava, without its braces; empty where nothing is to be done. */
  String statement() {
    TemplateToken first = tokens.peek();
    String tag = tokens.expectName();
    if (PLAIN.contains(tag)) {
      return tag;
    }
    return switch (tag) {
      // Marks what the model said, for those who train on it; it changes nothing.
      case "generation", "endgeneration" -> "";
      case "if", "elif" -> tag + " " + numbered(ExpressionParser.used(expressions.tuple(false)));
      case "for" -> "for " + numbered(loop());
      case "set" -> set();
      case "macro" -> macro();
      default -> throw refused(tag, first);
    };
  }

  private static TemplateSyntax refused(String tag, TemplateToken at) {
    return new TemplateSyntax(
        READING.contains(tag)
            ? "the tag " + tag + " is disabled: a template reads no other file"
            : "the tag " + tag + " is not supported",
        at.start());
  }

  private String numbered(Expression expression) {
    return "e" + numbers.applyAsInt(expression);
  }

  private Expression loop() {
    List<String> names = names();
    tokens.expect("in");
    Expression values = ExpressionParser.used(expressions.tuple(false));
    Expression condition =
        tokens.skip("if")
            ? ExpressionParser.used(expressions.expression())
            : OperandParser.constant(true);
    if (tokens.sees("recursive")) {
      throw tokens.unsupported("a recursive loop");
    }
    return scope ->
        new LoopTag.Turns(
            kept(scope, Operators.elements(scope, values.value(scope)), names, condition),
            (inner, value) -> bound(inner, names, value));
  }

  private List<String> names() {
    boolean bracket = tokens.skip("(");
    List<String> names = new ArrayList<>(List.of(tokens.expectName()));
    while (tokens.skip(",")) {
      names.add(tokens.expectName());
    }
    if (bracket) {
      tokens.expect(")");
    }
    return names;
  }

  private static List<Object> kept(
      Scope scope, List<Object> values, List<String> names, Expression condition) {
    scope.bounds().spend(values.size());
    return values.stream().filter(value -> holds(scope, names, value, condition)).toList();
  }

  private static boolean holds(
      Scope scope, List<String> names, Object value, Expression condition) {
    scope.interpreter().enterScope();
    try {
      scope.interpreter().getContext().putAll(bound(scope, names, value));
      return Operators.truth(condition.value(scope));
    } finally {
      scope.interpreter().leaveScope();
    }
  }

  /** What each name stands for: several names take a value apart. */
  private static Map<String, Object> bound(Scope scope, List<String> names, Object value) {
    Map<String, Object> bound = new LinkedHashMap<>();
    List<Object> parts = parts(scope, names.size(), value);
    for (int i = 0; i < names.size(); i++) {
      bound.put(names.get(i), parts.get(i));
    }
    return bound;
  }

  private static List<Object> parts(Scope scope, int count, Object value) {
    List<Object> parts = count == 1 ? List.of(value) : Operators.elements(scope, value);
    if (parts.size() != count) {
      throw new ELException(
          "%d names for %d values are not supported".formatted(count, parts.size()));
    }
    return parts;
  }

  private String set() {
    List<String> names = targets();
    if (tokens.sees(TemplateToken.Kind.END) && names.size() == 1) {
      return "set " + names.get(0);
    }
    tokens.expect("=");
    Expression value = expressions.tuple(true);
    Expression parts =
        scope -> {
          names.forEach(name -> requireTarget(scope, name));
          return parts(scope, names.size(), value.value(scope));
        };
    return "set " + String.join(",", names) + " = " + numbered(parts);
  }

  private List<String> targets() {
    List<String> names = new ArrayList<>();
    do {
      String name = tokens.expectName();
      names.add(tokens.skip(".") ? name + "." + tokens.expectName() : name);
    } while (tokens.skip(","));
    if (names.size() > 1 && names.stream().anyMatch(name -> name.contains("."))) {
      throw tokens.unsupported("setting several values of a namespace at once");
    }
    return names;
  }

  private static void requireTarget(Scope scope, String name) {
    int point = name.indexOf('.');
    if (point > 0 && !(scope.named(name.substring(0, point)) instanceof Namespace)) {
      throw new ELException("only a namespace has values that can be set, not " + name);
    }
  }

  private String macro() {
    StringBuilder out = new StringBuilder("macro ").append(tokens.expectName()).append('(');
    tokens.expect("(");
    String between = "";
    while (!tokens.skip(")")) {
      out.append(between).append(tokens.expectName());
      out.append(tokens.skip("=") ? "=" + numbered(expressions.expression()) : "");
      if (!tokens.sees(")")) {
        tokens.expect(",");
      }
      between = ", ";
    }
    return out.append(')').toString();
  }
}
