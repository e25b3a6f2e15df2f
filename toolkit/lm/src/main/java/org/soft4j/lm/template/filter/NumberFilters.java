package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;

/** Filters that make numbers. */
final class NumberFilters {
  private static final int MOST_DIGITS = 300;
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+(?:_[0-9]+)*");
  private static final Pattern FLOATING =
      Pattern.compile(
          "[-+]?(?:(?:[0-9]+(?:_[0-9]+)*)(?:\\.(?:[0-9]+(?:_[0-9]+)*)?)?|\\.[0-9]+(?:_[0-9]+)*)"
              + "(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?");
  private static final Pattern NO_NUMBER = Pattern.compile("(?i)[-+]?(?:inf|infinity|nan)");

  static final Functions<Object> ALL =
      Functions.of(
          function("abs()", (rendering, value, given) -> absolute(value)),
          function("float(default)", (rendering, value, given) -> floating(value, given)),
          function("int(default, base)", (rendering, value, given) -> whole(value, given)),
          function("round(precision, method)", NumberFilters::rounded));

  private NumberFilters() {}

  private static Object absolute(Object value) {
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    boolean negative =
        value instanceof Long number
            ? number < 0
            : value instanceof BigInteger big && big.signum() < 0;
    return Operators.signed(negative ? "-" : "+", value);
  }

  private static Object whole(Object value, Arguments given) {
    Object otherwise = given.get("default", 0L);
    requireDefined(value);
    if (given.whole("base", 10) != 10) {
      throw new TemplateFault("the filter int with a base is not supported");
    }
    if (Numbers.isNumber(value)) {
      return value instanceof Double number
          ? number.isNaN() ? otherwise : Numbers.truncated(number)
          : Numbers.held(Numbers.big(value));
    }
    if (!SafeText.isText(value)) {
      return otherwise;
    }
    String digits = digits(value);
    if (WHOLE.matcher(digits).matches()) {
      return Numbers.held(new BigInteger(digits.replace("_", "").replace("+", "")));
    }
    return FLOATING.matcher(digits).matches() && Double.isFinite(read(digits))
        ? Numbers.truncated(read(digits))
        : otherwise;
  }

  private static Object floating(Object value, Arguments given) {
    Object otherwise = given.get("default", 0.0);
    requireDefined(value);
    if (Numbers.isNumber(value)) {
      return Numbers.floating(value);
    }
    if (!SafeText.isText(value)) {
      return otherwise;
    }
    String digits = digits(value);
    if (NO_NUMBER.matcher(digits).matches()) {
      boolean none = digits.toLowerCase(Locale.ROOT).contains("nan");
      double size = none ? Double.NaN : Double.POSITIVE_INFINITY;
      return digits.startsWith("-") ? -size : size;
    }
    return FLOATING.matcher(digits).matches() ? (Object) read(digits) : otherwise;
  }

  private static void requireDefined(Object value) {
    if (value instanceof Undefined) {
      throw new TemplateFault(Repr.kind(value) + " is no number");
    }
  }

  private static String digits(Object value) {
    String digits = PythonText.stripped(Repr.str(value));
    if (digits.codePoints().anyMatch(c -> c > 127 && Character.isDigit(c))) {
      throw new TemplateFault("a number in other digits than 0 to 9 is not supported");
    }
    return digits;
  }

  private static double read(String digits) {
    return Double.parseDouble(digits.replace("_", ""));
  }

  private static Object rounded(Rendering rendering, Object value, Arguments given) {
    long digits = given.whole("precision", 0);
    Object method = given.get("method", "common");
    if (!Numbers.isNumber(value) || Math.abs(digits) > MOST_DIGITS) {
      throw new TemplateFault("the filter round is not for " + Repr.kind(value));
    }
    if (method.equals("common")) {
      return rounded(value, (int) digits);
    }
    Object power = Operators.arithmetic(rendering, "**", 10L, digits);
    Object scaled = Operators.arithmetic(rendering, "*", value, power);
    Object whole = scaled instanceof Double number ? edge(number, method) : scaled;
    return Operators.arithmetic(rendering, "/", whole, power);
  }

  private static Object edge(double number, Object method) {
    if (method.equals("ceil")) {
      return Numbers.truncated(Math.ceil(number));
    }
    if (method.equals("floor")) {
      return Numbers.truncated(Math.floor(number));
    }
    throw new TemplateFault("the filter round knows common, ceil and floor");
  }

  private static Object rounded(Object value, int digits) {
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? Math.copySign(
              new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue(), number)
          : number;
    }
    BigDecimal whole = new BigDecimal(Numbers.big(value));
    return Numbers.held(whole.setScale(Math.min(0, digits), RoundingMode.HALF_EVEN).toBigInteger());
  }
}
