package org.soft4j.settings;

import java.util.Map;
import java.util.function.Predicate;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.core.UserError;

/**
 * Which numbers a setting takes, found by asking its own check, so that no second list of ranges
 * can differ from it. A range is taken to have no holes.
 */
final class NumberRange {
  private static final Resolved<Settings> PLAIN = Resolved.defaults(Settings.DEFAULT);

  private final Predicate<String> taken;
  private final boolean whole;
  private final double inside;

  private NumberRange(Predicate<String> taken, boolean whole, double inside) {
    this.taken = taken;
    this.whole = whole;
    this.inside = inside;
  }

  /**
   * In words, such as {@code whole number, 1 or more}.
   *
   * @param inside a number that is taken
   */
  static String words(SettingKey key, double inside) {
    boolean whole = key.kind() != double.class;
    NumberRange range = new NumberRange(text -> takes(key.key(), text), whole, inside);
    String kind = whole ? "whole number" : "number";
    String bounds = key.kind() == long.class ? "" : range.bounds();
    return bounds.isEmpty() ? kind : kind + ", " + bounds;
  }

  private static boolean takes(String key, String text) {
    try {
      PLAIN.with(Map.of(key, text), "asked");
      return true;
    } catch (UserError refused) {
      return false;
    }
  }

  private String bounds() {
    String least = least();
    String most = most();
    if (least.isEmpty() && most.isEmpty()) {
      return "";
    }
    if (most.isEmpty()) {
      return least.startsWith("above") ? least : least + " or more";
    }
    return least.isEmpty() ? "at most " + most : least + " to " + most;
  }

  /** The smallest number that is taken; empty where there is no bound. */
  private String least() {
    if (takes(whole ? Integer.MIN_VALUE : -Double.MAX_VALUE)) {
      return "";
    }
    if (!whole && takes(Double.MIN_VALUE) && !takes(0)) {
      return "above 0";
    }
    for (int bound = 0; bound < 3; bound++) {
      if (takes(bound) && !takes(whole ? bound - 1 : Math.nextDown((double) bound))) {
        return String.valueOf(bound);
      }
    }
    throw new IllegalStateException("a number setting begins neither at 0 nor at 1 nor at 2");
  }

  private String most() {
    double largest = whole ? Integer.MAX_VALUE : Double.MAX_VALUE;
    if (takes(largest)) {
      return "";
    }
    long in = steps(inside);
    long out = steps(largest);
    while (out - in > 1) {
      long middle = in + (out - in) / 2;
      if (takes(number(middle))) {
        in = middle;
      } else {
        out = middle;
      }
    }
    return text(number(in));
  }

  /** The place of a number among all that there are; that of doubles above 0 is their bits. */
  private long steps(double number) {
    return whole ? (long) number : Double.doubleToLongBits(Math.max(0, number));
  }

  private double number(long steps) {
    return whole ? steps : Double.longBitsToDouble(steps);
  }

  private boolean takes(double number) {
    return taken.test(text(number));
  }

  private String text(double number) {
    return whole || (number == Math.rint(number) && Math.abs(number) < 1e9)
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }
}
