package org.soft4j.lm.template.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Python's arithmetic: whole numbers of any length, and floating-point ones of 64 bits. */
public final class Numbers {
  /** Python itself writes no whole number of more than 14,000 bits. */
  private static final int MOST_BITS = 4_096;

  private static final int MOST_DIGITS = 1_000;
  private static final int MOST_EXPONENT = 64;

  /** Enough digits for what lies between two floating-point numbers to be told from its half. */
  private static final MathContext EXACT = new MathContext(800);

  private Numbers() {}

  public static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  /** Whether a value is of Python's int, of which bool is a kind. */
  public static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Boolean || value instanceof BigInteger;
  }

  /** A whole number of at most 64 bits, truth values counting as 0 and 1. */
  public static long whole(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof BigInteger big) {
      throw new TemplateFault("the number " + big + " is out of bounds");
    }
    throw new TemplateFault(Repr.kind(value) + " is not a whole number");
  }

  public static BigInteger big(Object value) {
    return value instanceof BigInteger big ? big : BigInteger.valueOf(whole(value));
  }

  /** The whole number that digits write, of which there may be so many. */
  public static Object read(String digits, int radix) {
    if (digits.length() > MOST_DIGITS) {
      throw new TemplateFault("a number of more than " + MOST_DIGITS + " digits is not supported");
    }
    return held(new BigInteger(digits, radix));
  }

  /** As whole numbers are held here: of 64 bits where that is enough. */
  public static Object held(BigInteger value) {
    if (value.bitLength() > MOST_BITS) {
      throw new TemplateFault("a number of more than " + MOST_BITS + " bits is not supported");
    }
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** The whole part of a floating-point number. */
  public static Object truncated(double value) {
    if (!Double.isFinite(value)) {
      throw new TemplateFault("cannot convert " + PythonFloat.repr(value) + " to a whole number");
    }
    return held(new BigDecimal(value).toBigInteger());
  }

  public static double floating(Object value) {
    double number = value instanceof Number n ? n.doubleValue() : whole(value);
    if (value instanceof BigInteger && Double.isInfinite(number)) {
      throw new TemplateFault("a whole number is too large for a floating-point one");
    }
    return number;
  }

  static Object calculated(String sign, Object left, Object right) {
    if (!isNumber(left) || !isNumber(right)) {
      throw new TemplateFault(
          "%s %s %s is not supported".formatted(Repr.kind(left), sign, Repr.kind(right)));
    }
    boolean whole = isWhole(left) && isWhole(right);
    if ((sign.contains("/") || sign.equals("%")) && compared(right, 0L) == 0) {
      throw new TemplateFault("division by zero");
    }
    if (whole && sign.equals("/")) {
      return quotient(left, right);
    }
    boolean negative = whole && sign.equals("**") && big(right).signum() < 0;
    return whole && !negative
        ? ofWhole(sign, left, right)
        : (Object) ofFloating(sign, floating(left), floating(right));
  }

  private static double quotient(Object left, Object right) {
    BigInteger one = big(left);
    BigInteger other = big(right);
    double quotient =
        one.bitLength() <= 53 && other.bitLength() <= 53
            ? one.doubleValue() / other.doubleValue()
            : new BigDecimal(one).divide(new BigDecimal(other), new MathContext(60)).doubleValue();
    if (Double.isInfinite(quotient)) {
      throw new TemplateFault("a quotient is too large for a floating-point number");
    }
    return quotient;
  }

  private static Object ofWhole(String sign, Object left, Object right) {
    BigInteger one = big(left);
    BigInteger other = big(right);
    return switch (sign) {
      case "+" -> held(one.add(other));
      case "-" -> held(one.subtract(other));
      case "*" -> held(one.multiply(other));
      case "//" -> held(floored(one, other));
      case "%" -> held(one.subtract(floored(one, other).multiply(other)));
      default -> power(one, other);
    };
  }

  private static BigInteger floored(BigInteger one, BigInteger other) {
    BigInteger[] parts = one.divideAndRemainder(other);
    boolean below = parts[1].signum() != 0 && one.signum() != other.signum();
    return below ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static Object power(BigInteger base, BigInteger exponent) {
    boolean small = base.abs().compareTo(BigInteger.ONE) <= 0;
    if (small) {
      return exponent.testBit(0) || exponent.signum() == 0
          ? held(base.pow(exponent.signum()))
          : held(base.abs());
    }
    if (exponent.bitLength() > 20 || exponent.longValue() * (base.bitLength() - 1) > MOST_BITS) {
      throw new TemplateFault("a number of more than " + MOST_BITS + " bits is not supported");
    }
    return held(base.pow(exponent.intValue()));
  }

  private static double ofFloating(String sign, double left, double right) {
    return switch (sign) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> divided(left, right)[0];
      case "%" -> divided(left, right)[1];
      default -> power(left, right);
    };
  }

  /** Python's divmod of floating-point numbers. */
  private static double[] divided(double left, double right) {
    double rest = left % right;
    double quotient = (left - rest) / right;
    if (rest == 0) {
      rest = Math.copySign(0.0, right);
    } else if (right < 0 != rest < 0) {
      rest += right;
      quotient -= 1;
    }
    if (quotient == 0) {
      return new double[] {Math.copySign(0.0, left / right), rest};
    }
    double floor = Math.floor(quotient);
    return new double[] {quotient - floor > 0.5 ? floor + 1 : floor, rest};
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw new TemplateFault("0.0 cannot be raised to a negative power");
    }
    if (base < 0 && Double.isFinite(base) && exponent != Math.rint(exponent)) {
      throw new TemplateFault("a power that is a complex number is not supported");
    }
    double power =
        isShort(exponent) && isShort(base) ? exact(base, (int) exponent) : Math.pow(base, exponent);
    if (Double.isInfinite(power) && Double.isFinite(base) && Double.isFinite(exponent)) {
      throw new TemplateFault("a power is too large for a floating-point number");
    }
    return power;
  }

  private static boolean isShort(double number) {
    return Math.abs(number) <= MOST_EXPONENT && number == Math.rint(number) && number != 0;
  }

  /** A power rounded once, as the C library does. */
  private static double exact(double base, int exponent) {
    BigDecimal power = new BigDecimal(base).pow(Math.abs(exponent), EXACT);
    return exponent > 0
        ? power.doubleValue()
        : BigDecimal.ONE.divide(power, new MathContext(60)).doubleValue();
  }

  /** Compares by value; what is no number is neither less nor more, nor equal. */
  static int compared(Object left, Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return Long.compare(one, other);
    }
    if (isWhole(left) && isWhole(right)) {
      return big(left).compareTo(big(right));
    }
    return isFinite(left) && isFinite(right)
        ? decimal(left).compareTo(decimal(right))
        : Double.compare(floating(left), floating(right));
  }

  static boolean isNan(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static boolean isFinite(Object value) {
    return !(value instanceof Double number) || Double.isFinite(number);
  }

  private static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(big(value));
  }
}
