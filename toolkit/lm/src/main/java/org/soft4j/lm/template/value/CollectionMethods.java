package org.soft4j.lm.template.value;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Methods of lists and dictionaries; in the sandbox those that change a value are refused. */
final class CollectionMethods {
  private static final Functions<List<Object>> OF_SEQUENCES =
      Functions.of(
          function("index(value, /)", CollectionMethods::index),
          function("count(value, /)", CollectionMethods::count));
  private static final Functions<List<Object>> OF_LISTS =
      OF_SEQUENCES.and(Functions.of(function("copy()", (r, list, given) -> new ArrayList<>(list))));
  private static final Functions<List<Object>> CHANGING_LISTS =
      OF_LISTS.and(
          Functions.of(
              function("append(value, /)", changing((r, list, g) -> list.add(g.required("value")))),
              function("extend(value, /)", changing(CollectionMethods::extended)),
              function("insert(index, value, /)", changing(CollectionMethods::inserted)),
              function("pop(index, /)", (r, list, given) -> popped(list, given))));
  private static final Functions<Map<Object, Object>> OF_MAPS =
      Functions.of(
          function("items()", (r, map, given) -> Dictionaries.View.items(map)),
          function("keys()", (r, map, given) -> Dictionaries.View.keys(map)),
          function("values()", (r, map, given) -> Dictionaries.View.values(map)),
          function("copy()", (r, map, given) -> new LinkedHashMap<>(map)),
          function("get(key, default, /)", CollectionMethods::entry));
  private static final Functions<Map<Object, Object>> CHANGING_MAPS =
      OF_MAPS.and(
          Functions.of(
              function("update(*)", CollectionMethods::updated),
              function("setdefault(key, default, /)", CollectionMethods::completed),
              function("pop(key, default, /)", CollectionMethods::removed)));

  private CollectionMethods() {}

  @SuppressWarnings("unchecked")
  static Optional<Members.Callable> of(Rendering rendering, Object value, String name) {
    boolean changes = !rendering.sandboxed();
    if (value instanceof Map<?, ?>) {
      return (changes ? CHANGING_MAPS : OF_MAPS).method((Map<Object, Object>) value, name);
    }
    if (value instanceof List<?>) {
      boolean fixed = value instanceof Tuple || value instanceof Range;
      Functions<List<Object>> known = fixed ? OF_SEQUENCES : changes ? CHANGING_LISTS : OF_LISTS;
      return known.method((List<Object>) value, name);
    }
    return Optional.empty();
  }

  private static Object index(Rendering rendering, List<Object> list, Arguments given) {
    Object wanted = given.required("value");
    rendering.readAll(list.size());
    for (int i = 0; i < list.size(); i++) {
      if (Operators.equal(rendering, list.get(i), wanted)) {
        return (long) i;
      }
    }
    throw new TemplateFault("a list does not hold the value of which the index is asked");
  }

  private static Object count(Rendering rendering, List<Object> list, Arguments given) {
    Object wanted = given.required("value");
    rendering.readAll(list.size());
    return list.stream().filter(each -> Operators.equal(rendering, each, wanted)).count();
  }

  /** A method that changes its list, and gives None. */
  private static Functions.Body<List<Object>> changing(Functions.Body<List<Object>> change) {
    return (rendering, list, given) -> {
      change.apply(rendering, list, given);
      rendering.spent(list);
      return None.NONE;
    };
  }

  private static Object extended(Rendering rendering, List<Object> list, Arguments given) {
    return list.addAll(Iteration.elements(rendering, given.required("value")));
  }

  private static Object inserted(Rendering rendering, List<Object> list, Arguments given) {
    long place = Numbers.whole(given.required("index"));
    long from = Math.max(0, Math.min(list.size(), place < 0 ? place + list.size() : place));
    Object value = given.required("value");
    list.add((int) from, value);
    return value;
  }

  private static Object popped(List<Object> list, Arguments given) {
    long place = given.whole("index", -1);
    if (Elements.at(list, place) == null) {
      throw new TemplateFault("pop is called with an index out of range");
    }
    return list.remove((int) (place < 0 ? place + list.size() : place));
  }

  private static Object entry(Rendering rendering, Map<Object, Object> map, Arguments given) {
    Object found = Dictionaries.get(map, given.required("key"));
    return found == null ? given.get("default") : found;
  }

  private static Object updated(Rendering rendering, Map<Object, Object> map, Arguments given) {
    given.placed().forEach(other -> Dictionaries.putAll(rendering, map, other));
    map.putAll(given.named());
    rendering.spent(map);
    return None.NONE;
  }

  private static Object completed(Rendering rendering, Map<Object, Object> map, Arguments given) {
    Object value = entry(rendering, map, given);
    if (!Dictionaries.contains(map, given.required("key"))) {
      Dictionaries.put(map, given.required("key"), value);
    }
    return value;
  }

  private static Object removed(Rendering rendering, Map<Object, Object> map, Arguments given) {
    Object key = given.required("key");
    Object held = Dictionaries.held(map, key);
    if (held == null && given.placed().size() < 2) {
      throw new TemplateFault("a dictionary has no " + Repr.repr(key));
    }
    return held == null ? given.get("default") : map.remove(held);
  }
}
