package org.soft4j.lm.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import jinjava.javax.el.ELException;

/** Python's arithmetic; a whole number beyond 64 bits is an error. */
final class Numbers {
  private Numbers() {}

  static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static boolean isWhole(Object value) {
    return value instanceof Boolean || (value instanceof Number && !isFloating(value));
  }

  static boolean isFloating(Object value) {
    return value instanceof Double || value instanceof Float || value instanceof BigDecimal;
  }

  /** A whole number, truth values counting as 0 and 1. */
  static long whole(Object value) {
    if (!isWhole(value)) {
      throw new ELException(PythonValues.repr(value) + " is not a whole number");
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    return value instanceof BigInteger big ? big.longValueExact() : ((Number) value).longValue();
  }

  static double floating(Object value) {
    return isWhole(value) ? whole(value) : ((Number) value).doubleValue();
  }

  static Object calculated(String sign, Object left, Object right) {
    if (!isNumber(left) || !isNumber(right)) {
      throw new ELException("%s %s %s is not supported".formatted(kind(left), sign, kind(right)));
    }
    boolean zero = floating(right) == 0;
    if (zero && (sign.contains("/") || sign.equals("%"))) {
      throw new ELException("division by zero");
    }
    return isWhole(left) && isWhole(right) && !sign.equals("/")
        ? ofWhole(sign, whole(left), whole(right))
        : (Object) ofFloating(sign, floating(left), floating(right));
  }

  private static Object ofWhole(String sign, long left, long right) {
    return switch (sign) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "//" -> Math.floorDiv(left, right);
      case "%" -> Math.floorMod(left, right);
      default -> power(left, right);
    };
  }

  private static Object power(long base, long exponent) {
    if (exponent < 0) {
      return Math.pow(base, exponent);
    }
    if (exponent > Long.SIZE && Math.abs(base) > 1) {
      throw new ArithmeticException("a number of more than 64 bits");
    }
    int odd = (int) Math.min(exponent, Long.SIZE + exponent % 2);
    return BigInteger.valueOf(base).pow(odd).longValueExact();
  }

  private static double ofFloating(String sign, double left, double right) {
    return switch (sign) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> left - Math.floor(left / right) * right;
      default -> Math.pow(left, right);
    };
  }

  static int compared(Object left, Object right) {
    return isWhole(left) && isWhole(right)
        ? Long.compare(whole(left), whole(right))
        : Double.compare(floating(left) + 0.0, floating(right) + 0.0);
  }

  /** What a value is called in a message. */
  static String kind(Object value) {
    if (value instanceof Undefined undefined) {
      return undefined.name() + ", which is undefined,";
    }
    if (value instanceof CharSequence) {
      return "a text";
    }
    return isNumber(value) ? "a number" : value == PythonValues.NONE ? "none" : "a value";
  }
}
