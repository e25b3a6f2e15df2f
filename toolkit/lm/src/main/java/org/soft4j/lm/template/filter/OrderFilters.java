package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

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
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Tuple;

/** Filters that compare the elements of a value with one another. */
final class OrderFilters {
  static final Functions<Object> ALL =
      Functions.of(
          function("dictsort(case_sensitive, by, reverse)", OrderFilters::entries),
          function("groupby(attribute, default, case_sensitive)", OrderFilters::groups),
          function(
              "max(case_sensitive, attribute)", (r, value, given) -> best(r, value, given, ">")),
          function(
              "min(case_sensitive, attribute)", (r, value, given) -> best(r, value, given, "<")),
          function("sort(reverse, case_sensitive, attribute)", OrderFilters::sorted),
          function("unique(case_sensitive, attribute)", OrderFilters::unique));

  private OrderFilters() {}

  private static UnaryOperator<Object> key(Rendering rendering, Arguments given, Object otherwise) {
    return Paths.key(
        rendering,
        given.get("attribute"),
        given.truth("case_sensitive"),
        otherwise == None.NONE ? Optional.empty() : Optional.of(otherwise));
  }

  private static Object sorted(Rendering rendering, Object value, Arguments given) {
    UnaryOperator<Object> key =
        Paths.keys(rendering, given.get("attribute"), given.truth("case_sensitive"));
    List<Object> values = Iteration.elements(rendering, value);
    sort(rendering, values, key, given.truth("reverse"));
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
    Object by = given.get("by", "key");
    if (!(value instanceof Map<?, ?> map) || !List.of("key", "value").contains(by)) {
      throw new TemplateFault("dictsort is for dictionaries, by key or value");
    }
    UnaryOperator<Object> part =
        Paths.key(
            rendering, by.equals("key") ? 0L : 1L, given.truth("case_sensitive"), Optional.empty());
    List<Object> entries = new ArrayList<>(Dictionaries.View.items(map));
    sort(rendering, entries, part, given.truth("reverse"));
    return entries;
  }

  /** The first of the values that no other is less than, or more than. */
  private static Object best(Rendering rendering, Object value, Arguments given, String sign) {
    Iterator<Object> values = Iteration.iterator(value);
    if (!values.hasNext()) {
      return rendering.undefined("the least or largest of nothing");
    }
    UnaryOperator<Object> key = key(rendering, given, None.NONE);
    Object best = values.next();
    Object bestKey = key.apply(best);
    while (values.hasNext()) {
      Object next = values.next();
      Object nextKey = key.apply(next);
      rendering.spend(1);
      if (Operators.compared(rendering, sign, nextKey, bestKey)) {
        best = next;
        bestKey = nextKey;
      }
    }
    return best;
  }

  private static Object unique(Rendering rendering, Object value, Arguments given) {
    UnaryOperator<Object> key = key(rendering, given, None.NONE);
    Map<Object, Object> seen = new LinkedHashMap<>();
    return new Iteration.Lazy(
        () ->
            ChoiceFilters.kept(
                rendering, Iteration.iterator(value), each -> isNew(seen, key.apply(each))));
  }

  private static boolean isNew(Map<Object, Object> seen, Object key) {
    int before = seen.size();
    Dictionaries.put(seen, key, true);
    return seen.size() > before;
  }

  private static Object groups(Rendering rendering, Object value, Arguments given) {
    Object path = given.required("attribute");
    Object otherwise = given.get("default");
    UnaryOperator<Object> key = key(rendering, given, otherwise);
    UnaryOperator<Object> shown =
        Paths.path(
            rendering, path, otherwise == None.NONE ? Optional.empty() : Optional.of(otherwise));
    List<Object> values = Iteration.elements(rendering, value);
    sort(rendering, values, key, false);
    List<Object> groups = new ArrayList<>();
    for (int i = 0; i < values.size(); ) {
      Object first = values.get(i);
      Object firstKey = key.apply(first);
      List<Object> group = new ArrayList<>();
      while (i < values.size() && Operators.equal(rendering, firstKey, key.apply(values.get(i)))) {
        group.add(values.get(i++));
      }
      if (group.isEmpty()) {
        throw new TemplateFault(Repr.kind(firstKey) + " does not equal itself: no group");
      }
      groups.add(new Tuple(List.of(shown.apply(first), group), List.of("grouper", "list")));
    }
    return groups;
  }
}
