package org.soft4j.lm.template.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Dictionaries;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Lazy;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;
import org.soft4j.lm.template.value.View;

/** Filters that compare the elements of a value with one another. */
final class OrderFilters {
  private OrderFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.of(
        "dictsort", OrderFilters::entries,
        "groupby", OrderFilters::groups,
        "max",
            (r, value, given) ->
                extreme(r, value, given.only("max", 2, "case_sensitive", "attribute"), -1),
        "min",
            (r, value, given) ->
                extreme(r, value, given.only("min", 2, "case_sensitive", "attribute"), 1),
        "sort", OrderFilters::sorted,
        "unique", OrderFilters::unique);
  }

  private static Object sorted(Rendering rendering, Object value, Arguments given) {
    given.only("sort", 3, "reverse", "case_sensitive", "attribute");
    UnaryOperator<Object> key =
        Paths.keys(
            rendering, given.get(2, "attribute", None.NONE), given.truth(1, "case_sensitive"));
    List<Object> values = Iteration.elements(rendering, value);
    sort(rendering, values, key, given.truth(0, "reverse"));
    return values;
  }

  /** Keys are worked out once each, and what is equal keeps its order, also in reverse. */
  private static void sort(
      Rendering rendering, List<Object> values, UnaryOperator<Object> key, boolean reverse) {
    record Keyed(Object key, Object value) {}
    List<Keyed> keyed = new ArrayList<>();
    values.forEach(value -> keyed.add(new Keyed(key.apply(value), value)));
    Comparator<Keyed> order = (a, b) -> Operators.order(rendering, a.key, b.key, "<");
    keyed.sort(reverse ? order.reversed() : order);
    for (int i = 0; i < keyed.size(); i++) {
      values.set(i, keyed.get(i).value);
    }
  }

  private static Object entries(Rendering rendering, Object value, Arguments given) {
    given.only("dictsort", 3, "case_sensitive", "by", "reverse");
    Object by = given.get(1, "by", "key");
    if (!(value instanceof Map<?, ?> map) || !List.of("key", "value").contains(by)) {
      throw new TemplateFault("dictsort is for dictionaries, by key or value");
    }
    int place = by.equals("key") ? 0 : 1;
    boolean exact = given.truth(0, "case_sensitive");
    List<Object> entries = new ArrayList<>(View.items(map));
    sort(
        rendering,
        entries,
        entry -> {
          Object part = ((List<?>) entry).get(place);
          return exact ? part : Paths.small(rendering.read(part));
        },
        given.truth(2, "reverse"));
    return entries;
  }

  private static Object extreme(Rendering rendering, Object value, Arguments given, int wanted) {
    Iterator<Object> values = Iteration.iterator(rendering, value);
    if (!values.hasNext()) {
      return rendering.undefined("the least or largest of nothing");
    }
    UnaryOperator<Object> key =
        Paths.key(
            rendering,
            given.get(1, "attribute", None.NONE),
            given.truth(0, "case_sensitive"),
            Optional.empty());
    Object best = values.next();
    Object bestKey = key.apply(best);
    while (values.hasNext()) {
      Object next = values.next();
      Object nextKey = key.apply(next);
      rendering.bounds().spend(1);
      if (Operators.compared(rendering, wanted > 0 ? "<" : ">", nextKey, bestKey)) {
        best = next;
        bestKey = nextKey;
      }
    }
    return best;
  }

  private static Object unique(Rendering rendering, Object value, Arguments given) {
    given.only("unique", 2, "case_sensitive", "attribute");
    UnaryOperator<Object> key =
        Paths.key(
            rendering,
            given.get(1, "attribute", None.NONE),
            given.truth(0, "case_sensitive"),
            Optional.empty());
    Map<Object, Object> seen = new LinkedHashMap<>();
    return new Lazy(
        () -> ChoiceFilters.kept(rendering, value, each -> isNew(seen, key.apply(each))));
  }

  private static boolean isNew(Map<Object, Object> seen, Object key) {
    int before = seen.size();
    Dictionaries.put(seen, key, true);
    return seen.size() > before;
  }

  private static Object groups(Rendering rendering, Object value, Arguments given) {
    given.only("groupby", 3, "attribute", "default", "case_sensitive");
    Object path = given.required(0, "attribute", "groupby");
    Object otherwise = given.get(1, "default", None.NONE);
    Optional<Object> absent = otherwise == None.NONE ? Optional.empty() : Optional.of(otherwise);
    UnaryOperator<Object> key =
        Paths.key(rendering, path, given.truth(2, "case_sensitive"), absent);
    List<Object> values = Iteration.elements(rendering, value);
    sort(rendering, values, key, false);
    List<Object> groups = new ArrayList<>();
    for (int i = 0; i < values.size(); ) {
      Object first = key.apply(values.get(i));
      List<Object> group = new ArrayList<>();
      Object shown = Paths.path(rendering, path, absent).apply(values.get(i));
      while (i < values.size() && Operators.equal(rendering, first, key.apply(values.get(i)))) {
        group.add(values.get(i++));
      }
      if (group.isEmpty()) {
        throw new TemplateFault(Repr.kind(first) + " does not equal itself: no group");
      }
      groups.add(new Tuple(List.of(shown, group), List.of("grouper", "list")));
    }
    return groups;
  }
}
