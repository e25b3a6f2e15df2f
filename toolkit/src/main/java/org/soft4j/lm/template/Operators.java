package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELException;

/** Python's operators on the values of a template. */
final class Operators {
  private Operators() {}

  static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number) {
      return Numbers.floating(value) != 0;
    }
    if (value instanceof CharSequence || value instanceof SafeText) {
      return !value.equals("") && !value.equals(new SafeText(""));
    }
    if (value instanceof Collection<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map && !(value instanceof Namespace)) {
      return !map.isEmpty();
    }
    return value != null && value != PythonValues.NONE && !(value instanceof Undefined);
  }

  static Object arithmetic(Scope scope, String sign, Object left, Object right) {
    if (sign.equals("+") && left instanceof CharSequence && right instanceof CharSequence) {
      return joined(scope, left, right);
    }
    if (sign.equals("+") && areLists(left, right)) {
      List<Object> all = new ArrayList<>((List<?>) left);
      all.addAll((List<?>) right);
      return scope.spent(all);
    }
    if (sign.equals("*") && (isRepeatable(left) || isRepeatable(right))) {
      return isRepeatable(left) ? repeated(scope, left, right) : repeated(scope, right, left);
    }
    return Numbers.calculated(sign, left, right);
  }

  /** Puts two values together as texts. */
  static String joined(Scope scope, Object left, Object right) {
    String head = PythonValues.str(left);
    String tail = PythonValues.str(right);
    Scope.requireShort((long) head.length() + tail.length(), Scope.CHARACTERS);
    return scope.spent(head + tail);
  }

  private static boolean areLists(Object left, Object right) {
    return isPlainList(left) && isPlainList(right);
  }

  private static boolean isPlainList(Object value) {
    return value instanceof List<?> && !(value instanceof PythonSequence);
  }

  private static boolean isRepeatable(Object value) {
    return value instanceof CharSequence || isPlainList(value);
  }

  private static Object repeated(Scope scope, Object value, Object times) {
    int count = (int) Math.max(0, Math.min(Numbers.whole(times), Integer.MAX_VALUE));
    if (value instanceof CharSequence text) {
      Scope.requireShort((long) text.length() * count, Scope.CHARACTERS);
      return scope.spent(text.toString().repeat(count));
    }
    List<?> list = (List<?>) value;
    Scope.requireShort((long) list.size() * count, Scope.ELEMENTS);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count && !list.isEmpty(); i++) {
      all.addAll(list);
    }
    return scope.spent(all);
  }

  static boolean compared(Scope scope, String sign, Object left, Object right) {
    return switch (sign) {
      case "==" -> equal(scope, left, right);
      case "!=" -> !equal(scope, left, right);
      case "in" -> contains(scope, right, left);
      case "not in" -> !contains(scope, right, left);
      case "<" -> order(left, right, sign) < 0;
      case ">" -> order(left, right, sign) > 0;
      case "<=" -> order(left, right, sign) <= 0;
      default -> order(left, right, sign) >= 0;
    };
  }

  static int order(Object left, Object right, String sign) {
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.compared(left, right);
    }
    if (left instanceof CharSequence one && right instanceof CharSequence other) {
      return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }
    throw new ELException(
        "%s %s %s is not supported".formatted(Numbers.kind(left), sign, Numbers.kind(right)));
  }

  static boolean equal(Scope scope, Object left, Object right) {
    scope.bounds().spend(left instanceof Collection<?> || left instanceof Map<?, ?> ? 1 : 0);
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return Numbers.compared(left, right) == 0;
    }
    if (left instanceof CharSequence && right instanceof CharSequence) {
      return left.toString().equals(right.toString());
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      return isTuple(left) == isTuple(right) && equalLists(scope, one, other);
    }
    if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      boolean plain = !(left instanceof Namespace || right instanceof Namespace);
      return left == right || (plain && equalMaps(scope, one, other));
    }
    if (left instanceof SafeText || right instanceof SafeText) {
      throw new ELException("a comparison of what the filter safe gives is not supported");
    }
    return left == right || (left instanceof Undefined && right instanceof Undefined);
  }

  private static boolean isTuple(Object value) {
    return value instanceof PythonSequence;
  }

  private static boolean equalLists(Scope scope, List<?> one, List<?> other) {
    boolean equal = one.size() == other.size();
    for (int i = 0; equal && i < one.size(); i++) {
      equal = equal(scope, one.get(i), other.get(i));
    }
    return equal;
  }

  private static boolean equalMaps(Scope scope, Map<?, ?> one, Map<?, ?> other) {
    return one.size() == other.size()
        && one.entrySet().stream()
            .allMatch(
                entry ->
                    other.containsKey(entry.getKey())
                        && equal(scope, entry.getValue(), other.get(entry.getKey())));
  }

  static boolean contains(Scope scope, Object all, Object part) {
    if (all instanceof CharSequence text) {
      if (part instanceof CharSequence inner) {
        return text.toString().contains(inner);
      }
      throw new ELException(Numbers.kind(part) + " in a text is not supported");
    }
    if (all instanceof Map<?, ?> map && !(all instanceof Namespace)) {
      return map.containsKey(Members.key(part));
    }
    for (Object value : elements(scope, all)) {
      if (equal(scope, part, value)) {
        return true;
      }
    }
    return false;
  }

  /** What a loop goes through: a text's letters, a dictionary's keys. */
  static List<Object> elements(Scope scope, Object value) {
    List<Object> all = new ArrayList<>();
    if (value instanceof CharSequence text) {
      text.codePoints().forEach(c -> all.add(Character.toString(c)));
    } else if (value instanceof Map<?, ?> map && !(value instanceof Namespace)) {
      all.addAll(map.keySet());
    } else if (value instanceof Iterable<?> list) {
      list.forEach(all::add);
    } else if (!(value instanceof Undefined)) {
      throw new ELException(Numbers.kind(value) + " cannot be gone through");
    }
    return scope.spent(all);
  }
}
