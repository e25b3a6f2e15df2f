package org.soft4j.lm.template.filter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Callable;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;
import org.soft4j.lm.template.value.View;

/** Jinja's tests, such as: is defined. */
public final class Tests {
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

  private static final Set<String> OTHERS =
      Set.of(
          ("boolean callable defined divisibleby escaped even false filter float integer iterable"
                  + " lower mapping none number odd sameas sequence string test true undefined upper")
              .split(" "));

  private Tests() {}

  /** Whether there is a test of this name. */
  public static boolean isKnown(String name) {
    return COMPARING.containsKey(name) || OTHERS.contains(name);
  }

  /** Whether a test holds for a value. */
  public static boolean holds(Rendering rendering, String name, Object value, Arguments given) {
    if (!isKnown(name)) {
      throw new TemplateFault("the test " + name + " is not supported");
    }
    if (COMPARING.containsKey(name)) {
      Object other = given.only(name, 1).required(0, "a value", "the test " + name);
      return Operators.compared(rendering, COMPARING.get(name), value, other);
    }
    boolean one = name.equals("divisibleby") || name.equals("sameas");
    given.only("the test " + name, one ? 1 : 0);
    rendering.read(value);
    return switch (name) {
      case "even" -> isRest(rendering, value, 2L, 0L);
      case "odd" -> isRest(rendering, value, 2L, 1L);
      case "divisibleby" -> isRest(rendering, value, given.required(0, "num", name), 0L);
      case "sameas" -> isSame(value, given.required(0, "other", name));
      case "filter" -> Filters.isKnown(rendering.rules(), name(value));
      case "test" -> isKnown(name(value));
      case "upper" -> PythonText.isCased(Repr.str(value), true);
      case "lower" -> PythonText.isCased(Repr.str(value), false);
      default -> ofKind(name, value);
    };
  }

  private static boolean isRest(Rendering rendering, Object value, Object by, Object rest) {
    if (!Numbers.isNumber(value)) {
      throw new TemplateFault(Repr.kind(value) + " is no number to be divided");
    }
    return Operators.equal(rendering, Operators.arithmetic(rendering, "%", value, by), rest);
  }

  private static String name(Object value) {
    if (value instanceof String text) {
      return text;
    }
    Undefined.requireUsable(value);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new TemplateFault(Repr.kind(value) + " is no name of a filter or test");
    }
    return "";
  }

  private static boolean isSame(Object value, Object other) {
    if (other == None.NONE || other instanceof Boolean) {
      return other.equals(value);
    }
    if (value == None.NONE || value instanceof Boolean) {
      return false;
    }
    throw new TemplateFault("the test sameas is only for true, false and none");
  }

  private static boolean ofKind(String name, Object value) {
    boolean text = value instanceof String || value instanceof SafeText;
    return switch (name) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value == None.NONE;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "boolean" -> value instanceof Boolean;
      case "string" -> text;
      case "number" -> Numbers.isNumber(value);
      case "integer" -> Numbers.isWhole(value) && !(value instanceof Boolean);
      case "float" -> value instanceof Double;
      case "mapping" -> value instanceof Map<?, ?>;
      // Jinja2's class of what is undefined can be called, to say so.
      case "callable" -> value instanceof Callable || value instanceof Undefined;
      case "escaped" -> value instanceof SafeText;
      case "sequence" -> isSequence(value);
      default -> isIterable(value);
    };
  }

  private static boolean isSequence(Object value) {
    return value instanceof String
        || value instanceof SafeText
        || (value instanceof List<?> && !(value instanceof View))
        || value instanceof Map<?, ?>
        || (value instanceof Undefined undefined && !undefined.strict());
  }

  private static boolean isIterable(Object value) {
    Undefined.requireUsable(value);
    return isSequence(value) || value instanceof Iterable<?>;
  }
}
