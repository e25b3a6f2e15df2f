package org.soft4j.lm.template.filter;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Members;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;

/** Jinja's tests, such as: is defined. */
public final class Tests {
  private static final Functions<Object> KNOWN =
      Functions.of(
          compares("eq", "=="),
          compares("equalto", "=="),
          compares("==", "=="),
          compares("ne", "!="),
          compares("!=", "!="),
          compares("lt", "<"),
          compares("lessthan", "<"),
          compares("<", "<"),
          compares("le", "<="),
          compares("<=", "<="),
          compares("gt", ">"),
          compares("greaterthan", ">"),
          compares(">", ">"),
          compares("ge", ">="),
          compares(">=", ">="),
          compares("in", "in"),
          test(
              "divisibleby(num, /)",
              (r, value, given) -> isRest(r, value, given.required("num"), 0L)),
          test("even()", (r, value, given) -> isRest(r, value, 2L, 0L)),
          test("odd()", (r, value, given) -> isRest(r, value, 2L, 1L)),
          test("sameas(other, /)", (r, value, given) -> isSame(value, given.required("other"))),
          test("filter()", (r, value, given) -> Filters.isKnown(r.rules(), name(value))),
          test("test()", (r, value, given) -> isKnown(name(value))),
          test("upper()", (r, value, given) -> PythonText.isCased(Repr.str(r.read(value)), true)),
          test("lower()", (r, value, given) -> PythonText.isCased(Repr.str(r.read(value)), false)),
          is("defined()", value -> !(value instanceof Undefined)),
          is("undefined()", value -> value instanceof Undefined),
          is("none()", value -> value == None.NONE),
          is("true()", Boolean.TRUE::equals),
          is("false()", Boolean.FALSE::equals),
          is("boolean()", value -> value instanceof Boolean),
          is("string()", SafeText::isText),
          is("number()", Numbers::isNumber),
          is("integer()", value -> Numbers.isWhole(value) && !(value instanceof Boolean)),
          is("float()", value -> value instanceof Double),
          is("mapping()", value -> value instanceof Map<?, ?>),
          // Jinja2's class of what is undefined can be called, to say so.
          is(
              "callable()",
              value -> value instanceof Members.Callable || value instanceof Undefined),
          is("escaped()", value -> value instanceof SafeText),
          is("sequence()", Tests::isSequence),
          is("iterable()", Tests::isIterable));

  private Tests() {}

  private static Functions.Function<Object> test(String written, Functions.Body<Object> body) {
    return Functions.function("the test ", written, body);
  }

  private static Functions.Function<Object> is(String written, Predicate<Object> holds) {
    return test(written, (rendering, value, given) -> holds.test(value));
  }

  private static Functions.Function<Object> compares(String name, String sign) {
    return test(
        name + "(a value, /)",
        (rendering, value, given) ->
            Operators.compared(rendering, sign, value, given.required("a value")));
  }

  /** Whether there is a test of this name. */
  public static boolean isKnown(String name) {
    return KNOWN.has(name);
  }

  /** Whether a test holds for a value. */
  public static boolean holds(Rendering rendering, String name, Object value, Arguments given) {
    if (!isKnown(name)) {
      throw new TemplateFault("the test " + name + " is not supported");
    }
    return (boolean) KNOWN.apply(rendering, name, value, given);
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

  private static boolean isSequence(Object value) {
    return SafeText.isText(value)
        || value instanceof List<?>
        || value instanceof Map<?, ?>
        || (value instanceof Undefined undefined && !undefined.strict());
  }

  private static boolean isIterable(Object value) {
    Undefined.requireUsable(value);
    return isSequence(value) || value instanceof Iterable<?>;
  }
}
