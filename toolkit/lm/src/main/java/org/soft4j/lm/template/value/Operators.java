package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Python's operators on the values of a template. */
public final class Operators {
  private static final int STEPS_OF_POWER = 10;

  private Operators() {}

  /** Python's bool(). */
  public static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number) {
      return Numbers.isNan(value) || Numbers.compared(value, 0L) != 0;
    }
    if (SafeText.isText(value)) {
      return !Repr.str(value).isEmpty();
    }
    if (value instanceof Collection<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    Undefined.requireUsable(value);
    return value != None.NONE && !(value instanceof Undefined);
  }

  /** One of + - * / // % ** on two values. */
  public static Object arithmetic(Rendering rendering, String sign, Object left, Object right) {
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      rendering.spend(sign.equals("**") ? STEPS_OF_POWER : 0);
      return Numbers.calculated(sign, left, right);
    }
    requireDefined(left);
    if (sign.equals("%") && left instanceof String format) {
      return rendering.spent(PercentFormat.format(rendering, format, right));
    }
    requireDefined(right);
    if (sign.equals("+") && SafeText.isText(left) && SafeText.isText(right)) {
      return sum(rendering, left, right);
    }
    if (sign.equals("+") && areLists(left, right)) {
      List<Object> all = new ArrayList<>((List<?>) left);
      all.addAll((List<?>) right);
      return rendering.spent(left instanceof Tuple ? new Tuple(all) : all);
    }
    if (sign.equals("*") && isRepeatable(left) && Numbers.isWhole(right)) {
      return repeated(rendering, left, right);
    }
    if (sign.equals("*") && isRepeatable(right) && Numbers.isWhole(left)) {
      return repeated(rendering, right, left);
    }
    return Numbers.calculated(sign, left, right);
  }

  /** A number with a sign before it. */
  public static Object signed(String sign, Object value) {
    if (value instanceof Double number) {
      return sign.equals("-") ? -number : number;
    }
    requireDefined(value);
    return Numbers.calculated(sign, 0L, value);
  }

  private static void requireDefined(Object value) {
    if (value instanceof Undefined undefined) {
      throw undefined.fault();
    }
  }

  private static Object sum(Rendering rendering, Object left, Object right) {
    return left instanceof String && right instanceof String
        ? joined(rendering, List.of(left, right))
        : new SafeText(
            joined(
                rendering, List.of(SafeText.escaped(left).text(), SafeText.escaped(right).text())));
  }

  /** Puts values together as texts. */
  public static String joined(Rendering rendering, List<Object> values) {
    return rendering.spent(TextParts.joined(rendering, "", values));
  }

  private static boolean areLists(Object left, Object right) {
    return isRepeatable(left)
        && isRepeatable(right)
        && !SafeText.isText(left)
        && !SafeText.isText(right)
        && left instanceof Tuple == right instanceof Tuple;
  }

  private static boolean isRepeatable(Object value) {
    return value instanceof String || (value instanceof List<?> && !(value instanceof Range));
  }

  private static Object repeated(Rendering rendering, Object value, Object times) {
    long count = Math.max(0, Math.min(Numbers.whole(times), Integer.MAX_VALUE));
    if (value instanceof String text) {
      return rendering.spent(new TextBuilder().add(text, count).toString());
    }
    List<?> list = (List<?>) value;
    Bounds.requireShort(list.size() * count, Bounds.ELEMENTS);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count && !list.isEmpty(); i++) {
      all.addAll(list);
    }
    return rendering.spent(list instanceof Tuple ? new Tuple(all) : all);
  }

  /** One of {@code == != < > <= >=}, in and not in. */
  public static boolean compared(Rendering rendering, String sign, Object left, Object right) {
    return switch (sign) {
      case "==" -> equal(rendering, left, right);
      case "!=" -> !equal(rendering, left, right);
      case "in" -> contains(rendering, right, left);
      case "not in" -> !contains(rendering, right, left);
      default -> ordered(rendering, sign, left, right);
    };
  }

  private static boolean ordered(Rendering rendering, String sign, Object left, Object right) {
    if (Numbers.isNumber(left)
        && Numbers.isNumber(right)
        && (Numbers.isNan(left) || Numbers.isNan(right))) {
      return false;
    }
    int order = order(rendering, left, right, sign);
    return switch (sign) {
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  /** Which of two values comes first; lists are in the order of the first parts that differ. */
  public static int order(Rendering rendering, Object left, Object right, String sign) {
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.compared(left, right);
    }
    if (SafeText.isText(left) && SafeText.isText(right)) {
      rendering.read(left);
      rendering.read(right);
      return Arrays.compare(
          Repr.str(left).codePoints().toArray(), Repr.str(right).codePoints().toArray());
    }
    if (areLists(left, right)) {
      rendering.spend(1);
      List<?> one = (List<?>) left;
      List<?> other = (List<?>) right;
      rendering.readAll(Math.min(one.size(), other.size()));
      for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
        if (!equal(rendering, one.get(i), other.get(i))) {
          return order(rendering, one.get(i), other.get(i), sign);
        }
      }
      return Integer.compare(one.size(), other.size());
    }
    throw new TemplateFault(
        "%s %s %s is not supported".formatted(Repr.kind(left), sign, Repr.kind(right)));
  }

  /** Python's ==. */
  public static boolean equal(Rendering rendering, Object left, Object right) {
    if (left instanceof String && right instanceof String) {
      return rendering.read(left).equals(right);
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return !Numbers.isNan(left) && !Numbers.isNan(right) && Numbers.compared(left, right) == 0;
    }
    Undefined.requireUsable(left);
    Undefined.requireUsable(right);
    if (SafeText.isText(left) && SafeText.isText(right)) {
      return Repr.str(left).equals(Repr.str(right));
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      return isSame(Tuple.class, left, right)
          && isSame(Range.class, left, right)
          && equalLists(rendering, one, other);
    }
    if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return equalMaps(rendering, one, other);
    }
    if (left instanceof Dictionaries.View && right instanceof Dictionaries.View) {
      throw new TemplateFault("a comparison of two views is not supported");
    }
    return left == right || (left instanceof Undefined && right instanceof Undefined);
  }

  private static boolean isSame(Class<?> kind, Object left, Object right) {
    return kind.isInstance(left) == kind.isInstance(right);
  }

  private static boolean equalLists(Rendering rendering, List<?> one, List<?> other) {
    rendering.spend(1);
    boolean equal = one.size() == other.size();
    rendering.readAll(equal ? one.size() : 0);
    for (int i = 0; equal && i < one.size(); i++) {
      equal = equal(rendering, one.get(i), other.get(i));
    }
    return equal;
  }

  private static boolean equalMaps(Rendering rendering, Map<?, ?> one, Map<?, ?> other) {
    rendering.spend(1);
    rendering.readAll(one.size() == other.size() ? one.size() : 0);
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(
                entry ->
                    Dictionaries.contains(other, entry.getKey())
                        && equal(
                            rendering, entry.getValue(), Dictionaries.get(other, entry.getKey())));
  }

  /** Python's in. */
  public static boolean contains(Rendering rendering, Object all, Object part) {
    Undefined.requireUsable(all);
    if (SafeText.isText(all)) {
      if (SafeText.isText(part)) {
        rendering.read(all);
        rendering.seek(Repr.str(all), Repr.str(part));
        return Repr.str(all).contains(Repr.str(part));
      }
      throw new TemplateFault(Repr.kind(part) + " in a text is not supported");
    }
    if (all instanceof Map<?, ?> map) {
      return Dictionaries.contains(map, part);
    }
    rendering.readAll(all instanceof Collection<?> list ? list.size() : 0);
    var values = Iteration.iterator(all);
    while (values.hasNext()) {
      if (equal(rendering, part, values.next())) {
        return true;
      }
    }
    return false;
  }
}
