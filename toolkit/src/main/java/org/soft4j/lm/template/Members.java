package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jinjava.javax.el.ELException;

/** Attributes, elements, slices and methods of values, found as Python's Jinja finds them. */
final class Members {
  private static final List<String> OF_MAPS = List.of("items", "keys", "values", "get");

  private Members() {}

  /** What value.name gives: a method goes before an entry of the same name. */
  static Object attribute(Object value, String name) {
    if (value instanceof LoopTurn turn) {
      return turn.attribute(name);
    }
    if (value instanceof Namespace namespace) {
      return entry(namespace, name);
    }
    return method(value, name).<Object>map(found -> found).orElseGet(() -> entry(value, name));
  }

  /** What value[key] gives: an entry goes before a method of the same name. */
  static Object item(Scope scope, Object value, Object key) {
    if (value instanceof Map<?, ?>) {
      Object entry = entry(value, key);
      boolean isName = entry instanceof Undefined && key instanceof CharSequence;
      return isName ? attribute(value, key.toString()) : entry;
    }
    if (Numbers.isWhole(key) && (value instanceof List<?> || value instanceof CharSequence)) {
      return at(scope, indexed(value), Numbers.whole(key));
    }
    return key instanceof CharSequence name ? attribute(value, name.toString()) : entry(value, key);
  }

  private static Object entry(Object value, Object key) {
    requireDefined(value, String.valueOf(key));
    Object found = value instanceof Map<?, ?> map ? map.get(key(key)) : null;
    return found == null ? new Undefined(String.valueOf(key)) : found;
  }

  private static void requireDefined(Object value, String key) {
    if (value instanceof SafeText) {
      throw new ELException("a part of what the filter safe gives is not supported");
    }
    if (value instanceof Undefined undefined) {
      throw new ELException("%s is undefined: it has no %s".formatted(undefined.name(), key));
    }
  }

  /** A key of a dictionary, in the form that dictionaries here hold it. */
  static Object key(Object key) {
    if (key instanceof CharSequence) {
      return key.toString();
    }
    if (Numbers.isWhole(key) && !(key instanceof Boolean)) {
      return Numbers.whole(key);
    }
    throw new ELException(Numbers.kind(key) + " as a key is not supported");
  }

  private static Object indexed(Object value) {
    if (value instanceof PythonSequence sequence && sequence.kind() != PythonSequence.Kind.TUPLE) {
      throw new ELException("an element of a range or a view is not supported");
    }
    return value;
  }

  private static Object at(Scope scope, Object value, long index) {
    int length = (int) length(value);
    long place = index < 0 ? index + length : index;
    if (place < 0 || place >= length) {
      return new Undefined("element " + index);
    }
    return value instanceof List<?> list
        ? list.get((int) place)
        : slice(scope, value, place, place + 1);
  }

  /** Python's len(). */
  static long length(Object value) {
    if (value instanceof CharSequence text) {
      return text.codePoints().count();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map && !(value instanceof Namespace)) {
      return map.size();
    }
    if (value instanceof Undefined) {
      return 0;
    }
    throw new ELException(Numbers.kind(value) + " has no length");
  }

  /** The part of a text or a list from one place up to another. */
  static Object slice(Scope scope, Object value, Object from, Object end) {
    if (!(indexed(value) instanceof List<?> || value instanceof CharSequence)) {
      throw new ELException("a slice of " + Numbers.kind(value) + " is not supported");
    }
    int length = (int) length(value);
    int first = place(from, length, 0);
    int last = Math.max(first, place(end, length, length));
    if (value instanceof List<?> list) {
      return scope.spent(alike(list, new ArrayList<>(list.subList(first, last))));
    }
    String text = value.toString();
    int start = text.offsetByCodePoints(0, first);
    return scope.spent(text.substring(start, text.offsetByCodePoints(start, last - first)));
  }

  private static int place(Object given, int length, int otherwise) {
    if (given == PythonValues.NONE) {
      return otherwise;
    }
    long place = Numbers.whole(given);
    return (int) Math.max(0, Math.min(length, place < 0 ? place + length : place));
  }

  static Object reversed(Scope scope, Object value) {
    if (value instanceof CharSequence text) {
      int[] letters = text.codePoints().toArray();
      StringBuilder reversed = new StringBuilder();
      for (int i = letters.length - 1; i >= 0; i--) {
        reversed.appendCodePoint(letters[i]);
      }
      return scope.spent(reversed.toString());
    }
    if (!(indexed(value) instanceof List<?> list)) {
      throw new ELException(Numbers.kind(value) + " cannot be reversed");
    }
    List<Object> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return scope.spent(alike(list, reversed));
  }

  /** Part of a tuple is a tuple. */
  private static List<Object> alike(List<?> whole, List<Object> part) {
    return whole instanceof PythonSequence tuple ? new PythonSequence(tuple.kind(), part) : part;
  }

  private static Optional<Callable> method(Object value, String name) {
    if (value instanceof CharSequence text) {
      return PythonText.method(text.toString(), name);
    }
    if (value instanceof Map<?, ?> map && OF_MAPS.contains(name)) {
      return Optional.of((scope, arguments) -> ofMap(map, name, arguments));
    }
    if (value instanceof List<?> list && name.equals("index")) {
      return Optional.of((scope, arguments) -> index(scope, list, arguments));
    }
    return Optional.empty();
  }

  private static Object ofMap(Map<?, ?> map, String name, Arguments arguments) {
    if (name.equals("get")) {
      Object key = arguments.only("get", 2).required(0, "key", "get");
      Object found = map.get(key(key));
      return found == null ? arguments.get(1, "default", PythonValues.NONE) : found;
    }
    arguments.only(name, 0);
    return switch (name) {
      case "items" -> items(map);
      case "keys" -> view(new ArrayList<>(map.keySet()));
      default -> view(new ArrayList<>(map.values()));
    };
  }

  static PythonSequence items(Map<?, ?> map) {
    List<Object> items = new ArrayList<>();
    map.forEach((key, value) -> items.add(PythonSequence.tuple(key, value)));
    return view(items);
  }

  private static PythonSequence view(List<Object> values) {
    return new PythonSequence(PythonSequence.Kind.VIEW, values);
  }

  private static Object index(Scope scope, List<?> list, Arguments arguments) {
    Object wanted = arguments.only("index", 1).required(0, "value", "index");
    for (int i = 0; i < list.size(); i++) {
      if (Operators.equal(scope, list.get(i), wanted)) {
        return (long) i;
      }
    }
    throw new ELException(PythonValues.repr(wanted) + " is not in the list");
  }

  /** What value.name(...) gives. */
  static Object called(Scope scope, Object value, String name, Arguments arguments) {
    Object found = attribute(value, name);
    if (found instanceof Callable callable) {
      return scope.spent(callable.call(scope, arguments));
    }
    String owner =
        value instanceof CharSequence
            ? "a text's"
            : value instanceof Map<?, ?> ? "a dictionary's" : "a value's";
    throw new ELException("%s method %s is not supported".formatted(owner, name));
  }
}
