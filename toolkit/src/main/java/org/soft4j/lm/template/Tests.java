package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jinjava.javax.el.ELException;

/** Jinja's tests, such as: is defined. */
final class Tests {
  private static final Map<String, String> COMPARING =
      Map.ofEntries(
          Map.entry("eq", "=="),
          Map.entry("equalto", "=="),
          Map.entry("==", "=="),
          Map.entry("ne", "!="),
          Map.entry("!=", "!="),
          Map.entry("lt", "<"),
          Map.entry("lessthan", "<"),
          Map.entry("<", "<"),
          Map.entry("le", "<="),
          Map.entry("<=", "<="),
          Map.entry("gt", ">"),
          Map.entry("greaterthan", ">"),
          Map.entry(">", ">"),
          Map.entry("ge", ">="),
          Map.entry(">=", ">="),
          Map.entry("in", "in"));

  private static final Set<String> KNOWN =
      Set.of(
          "boolean",
          "defined",
          "divisibleby",
          "even",
          "false",
          "float",
          "integer",
          "iterable",
          "mapping",
          "none",
          "number",
          "odd",
          "sequence",
          "string",
          "true",
          "undefined");

  /** Jinja's own that are not supported, and are refused where they are run. */
  private static final Set<String> REFUSED =
      Set.of("callable", "escaped", "filter", "lower", "sameas", "test", "upper");

  private Tests() {}

  static boolean isKnown(String name) {
    return COMPARING.containsKey(name) || KNOWN.contains(name) || REFUSED.contains(name);
  }

  static boolean holds(Scope scope, String name, Object value, Arguments given) {
    if (COMPARING.containsKey(name)) {
      Object other = given.only(name, 1).required(0, "a value", "the test " + name);
      return Operators.compared(scope, COMPARING.get(name), value, other);
    }
    given.only("the test " + name, name.equals("divisibleby") ? 1 : 0);
    return switch (name) {
      case "even" -> remainder(value, 2L) == 0;
      case "odd" -> remainder(value, 2L) == 1;
      case "divisibleby" -> remainder(value, given.required(0, "num", name)) == 0;
      default -> ofKind(name, value);
    };
  }

  private static long remainder(Object value, Object by) {
    return Numbers.whole(Numbers.calculated("%", Numbers.whole(value), Numbers.whole(by)));
  }

  private static boolean ofKind(String name, Object value) {
    return switch (name) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value == PythonValues.NONE;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "boolean" -> value instanceof Boolean;
      case "string" -> value instanceof CharSequence || value instanceof SafeText;
      case "number" -> Numbers.isNumber(value);
      case "integer" -> Numbers.isWhole(value) && !(value instanceof Boolean);
      case "float" -> Numbers.isFloating(value);
      case "mapping" -> isMapping(value);
      case "sequence" -> isSequence(value);
      case "iterable" -> isSequence(value) || value instanceof Iterable<?>;
      default -> throw new ELException("the test " + name + " is not supported");
    };
  }

  private static boolean isMapping(Object value) {
    return value instanceof Map<?, ?> && !(value instanceof Namespace);
  }

  private static boolean isSequence(Object value) {
    if (value instanceof PythonSequence view && view.kind() == PythonSequence.Kind.VIEW) {
      throw new ELException("a test of a range or a view is not supported");
    }
    return value instanceof CharSequence
        || value instanceof SafeText
        || value instanceof List<?>
        || value instanceof Undefined
        || isMapping(value);
  }
}
