package org.soft4j.lm.template;

import com.hubspot.jinjava.objects.Namespace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import jinjava.javax.el.ELException;

/** Jinja's filters that look at the elements of a value. */
final class ListFilters {
  private ListFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.ofEntries(
        Map.entry("count", (scope, value, given) -> Members.length(value)),
        Map.entry("first", (scope, value, given) -> first(Operators.elements(scope, value))),
        Map.entry("items", (scope, value, given) -> items(value)),
        Map.entry("join", ListFilters::joined),
        Map.entry("last", ListFilters::last),
        Map.entry("length", (scope, value, given) -> Members.length(value)),
        Map.entry("list", (scope, value, given) -> Operators.elements(scope, value)),
        Map.entry("map", ListFilters::mapped),
        Map.entry("reject", (scope, value, given) -> chosen(scope, value, given, false)),
        Map.entry("rejectattr", (scope, value, given) -> byAttribute(scope, value, given, false)),
        Map.entry("reverse", ListFilters::reversed),
        Map.entry("select", (scope, value, given) -> chosen(scope, value, given, true)),
        Map.entry("selectattr", (scope, value, given) -> byAttribute(scope, value, given, true)),
        Map.entry("sort", ListFilters::sorted),
        Map.entry("sum", ListFilters::sum),
        Map.entry("unique", ListFilters::unique));
  }

  private static Object first(List<Object> values) {
    return values.isEmpty() ? new Undefined("the first of nothing") : values.get(0);
  }

  private static Object last(Scope scope, Object value, Arguments given) {
    requireKept(value);
    List<Object> values = Operators.elements(scope, value);
    Collections.reverse(values);
    return first(values);
  }

  private static void requireKept(Object value) {
    if (value instanceof PythonSequence.Once) {
      throw new ELException("what a filter gives cannot be gone through backwards");
    }
  }

  private static Object items(Object value) {
    if (value instanceof Map<?, ?> map && !(value instanceof Namespace)) {
      return new PythonSequence.Once(Members.items(map));
    }
    if (value instanceof Undefined) {
      return new PythonSequence.Once(List.of());
    }
    throw new ELException("the filter items is for dictionaries");
  }

  private static Object joined(Scope scope, Object value, Arguments given) {
    given.only("join", 2, "d", "attribute");
    List<Object> values = new ArrayList<>(Operators.elements(scope, value));
    values.replaceAll(attribute(scope, given.get(1, "attribute", PythonValues.NONE)));
    return PythonText.joined(PythonValues.str(given.get(0, "d", "")), values);
  }

  private static Object reversed(Scope scope, Object value, Arguments given) {
    requireKept(value);
    if (value instanceof CharSequence) {
      return Members.reversed(scope, value);
    }
    List<Object> values = Operators.elements(scope, value);
    Collections.reverse(values);
    return new PythonSequence.Once(values);
  }

  private static Object mapped(Scope scope, Object value, Arguments given) {
    List<Object> values = Operators.elements(scope, value);
    if (given.placed().isEmpty()) {
      given.only("map", 0, "attribute", "default");
      Object path = given.required(0, "attribute", "map");
      Object otherwise = given.get(1, "default", new Undefined("the attribute"));
      values.replaceAll(attribute(scope, path));
      values.replaceAll(found -> found instanceof Undefined ? otherwise : found);
    } else {
      String filter = given.text(0, "filter", "map");
      requireFilter(filter);
      values.replaceAll(each -> Filters.apply(scope, filter, each, given.rest()));
    }
    return new PythonSequence.Once(values);
  }

  private static void requireFilter(String name) {
    if (!Filters.isKnown(name)) {
      throw new ELException("the filter " + name + " is not supported");
    }
  }

  /**
   * Finds an attribute by a path such as function.name, or leaves a value where the path is none.
   */
  private static UnaryOperator<Object> attribute(Scope scope, Object path) {
    if (path == PythonValues.NONE) {
      return UnaryOperator.identity();
    }
    if (Numbers.isWhole(path)) {
      return value -> Members.item(scope, value, path);
    }
    return value -> {
      Object found = value;
      for (String part : PythonValues.str(path).split("\\.", -1)) {
        boolean place = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
        found = Members.item(scope, found, place ? (Object) Long.parseLong(part) : part);
      }
      return found;
    };
  }

  private static Object chosen(Scope scope, Object value, Arguments given, boolean wanted) {
    return kept(scope, value, test(scope, given), wanted);
  }

  private static Object byAttribute(Scope scope, Object value, Arguments given, boolean wanted) {
    UnaryOperator<Object> attribute =
        attribute(scope, given.required(0, "attribute", "selectattr"));
    Predicate<Object> test = test(scope, given.rest());
    return kept(scope, value, each -> test.test(attribute.apply(each)), wanted);
  }

  private static Predicate<Object> test(Scope scope, Arguments given) {
    if (given.placed().isEmpty()) {
      return Operators::truth;
    }
    String name = given.text(0, "test", "select");
    return value -> Tests.holds(scope, name, value, given.rest());
  }

  private static Object kept(Scope scope, Object value, Predicate<Object> test, boolean wanted) {
    return new PythonSequence.Once(
        Operators.elements(scope, value).stream()
            .filter(each -> test.test(each) == wanted)
            .toList());
  }

  private static Object sorted(Scope scope, Object value, Arguments given) {
    given.only("sort", 3, "reverse", "case_sensitive", "attribute");
    Comparator<Object> order =
        Comparator.comparing(
            key(scope, given.get(2, "attribute", PythonValues.NONE), given),
            (one, other) -> Operators.order(one, other, "<"));
    boolean reverse = Operators.truth(given.get(0, "reverse", false));
    List<Object> values = Operators.elements(scope, value);
    values.sort(reverse ? order.reversed() : order);
    return values;
  }

  /** What Jinja sorts by: large and small letters are the same, unless it is said otherwise. */
  private static UnaryOperator<Object> key(Scope scope, Object path, Arguments given) {
    boolean exact = Operators.truth(given.get(1, "case_sensitive", false));
    UnaryOperator<Object> attribute = attribute(scope, path);
    return value -> {
      Object found = attribute.apply(value);
      return found instanceof CharSequence text && !exact
          ? text.toString().toLowerCase(Locale.ROOT)
          : found;
    };
  }

  private static Object unique(Scope scope, Object value, Arguments given) {
    given.only("unique", 0);
    UnaryOperator<Object> key = key(scope, PythonValues.NONE, given);
    List<Object> seen = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Object each : Operators.elements(scope, value)) {
      if (!Operators.contains(scope, seen, key.apply(each))) {
        seen.add(key.apply(each));
        values.add(each);
      }
    }
    return new PythonSequence.Once(values);
  }

  private static Object sum(Scope scope, Object value, Arguments given) {
    given.only("sum", 2, "attribute", "start");
    UnaryOperator<Object> attribute =
        attribute(scope, given.get(0, "attribute", PythonValues.NONE));
    Object sum = given.get(1, "start", 0L);
    for (Object each : Operators.elements(scope, value)) {
      sum = Operators.arithmetic(scope, "+", sum, attribute.apply(each));
    }
    return sum;
  }
}
