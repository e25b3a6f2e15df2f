package org.soft4j.lm.template.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Methods of lists and dictionaries; in the sandbox those that change a value are refused. */
final class ListMethods {
  private static final Set<String> OF_LISTS = Set.of("index", "count", "copy");
  private static final Set<String> OF_MAPS = Set.of("items", "keys", "values", "get", "copy");
  private static final Set<String> CHANGING_LISTS = Set.of("append", "extend", "insert", "pop");
  private static final Set<String> CHANGING_MAPS = Set.of("update", "setdefault", "pop");

  private ListMethods() {}

  static Optional<Callable> of(Rendering rendering, Object value, String name) {
    boolean changes = !rendering.sandboxed();
    if (value instanceof Map<?, ?> map
        && (OF_MAPS.contains(name) || (changes && CHANGING_MAPS.contains(name)))) {
      return Optional.of((r, given) -> ofMap(r, map, name, given));
    }
    boolean plain = value instanceof List<?> && !(value instanceof Tuple || value instanceof Range);
    if (value instanceof List<?> list
        && ((OF_LISTS.contains(name) && (plain || !name.equals("copy")))
            || (plain && changes && CHANGING_LISTS.contains(name)))) {
      return Optional.of((r, given) -> ofList(r, list, name, given));
    }
    return Optional.empty();
  }

  @SuppressWarnings("unchecked")
  private static Object ofMap(Rendering rendering, Map<?, ?> map, String name, Arguments given) {
    Map<Object, Object> entries = (Map<Object, Object>) map;
    if (name.equals("update")) {
      given.placed().forEach(other -> Dictionaries.putAll(rendering, entries, other));
      entries.putAll(given.named());
      return None.NONE;
    }
    if (name.equals("get") || name.equals("setdefault") || name.equals("pop")) {
      Object key = given.only(name, 2).required(0, "key", name);
      Object found = Dictionaries.get(map, key);
      return found == null ? absent(entries, name, key, given) : kept(entries, name, key, found);
    }
    given.only(name, 0);
    return switch (name) {
      case "items" -> View.items(map);
      case "keys" -> View.keys(map);
      case "values" -> View.values(map);
      default -> new LinkedHashMap<>(map);
    };
  }

  private static Object absent(Map<Object, Object> map, String name, Object key, Arguments given) {
    if (name.equals("pop") && given.placed().size() < 2) {
      throw new TemplateFault("a dictionary has no " + Repr.repr(key));
    }
    Object otherwise = given.get(1, "default", None.NONE);
    if (name.equals("setdefault")) {
      Dictionaries.put(map, key, otherwise);
    }
    return otherwise;
  }

  private static Object kept(Map<Object, Object> map, String name, Object key, Object found) {
    if (name.equals("pop")) {
      map.remove(Dictionaries.held(map, key));
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private static Object ofList(Rendering rendering, List<?> list, String name, Arguments given) {
    return switch (name) {
      case "copy" -> {
        given.only("copy", 0);
        yield new ArrayList<>(list);
      }
      case "index" -> index(rendering, list, given);
      case "count" -> count(rendering, list, given);
      default -> changed(rendering, (List<Object>) list, name, given);
    };
  }

  private static Object index(Rendering rendering, List<?> list, Arguments given) {
    Object wanted = given.only("index", 1).required(0, "value", "index");
    for (int i = 0; i < list.size(); i++) {
      if (Operators.equal(rendering, list.get(i), wanted)) {
        return (long) i;
      }
    }
    throw new TemplateFault("a list does not hold the value of which the index is asked");
  }

  private static Object count(Rendering rendering, List<?> list, Arguments given) {
    Object wanted = given.only("count", 1).required(0, "value", "count");
    return list.stream().filter(each -> Operators.equal(rendering, each, wanted)).count();
  }

  private static Object changed(
      Rendering rendering, List<Object> list, String name, Arguments given) {
    Object first =
        name.equals("pop")
            ? given.only(name, 1).get(0, "index", -1L)
            : given.only(name, name.equals("insert") ? 2 : 1).required(0, "value", name);
    switch (name) {
      case "append" -> list.add(first);
      case "extend" -> list.addAll(Iteration.elements(rendering, first));
      case "insert" -> {
        long place = Numbers.whole(first);
        long from = Math.max(0, Math.min(list.size(), place < 0 ? place + list.size() : place));
        list.add((int) from, given.required(1, "value", name));
      }
      default -> {
        if (Elements.at(list, Numbers.whole(first)) == null) {
          throw new TemplateFault("pop is called with an index out of range");
        }
        long place = Numbers.whole(first);
        return list.remove((int) (place < 0 ? place + list.size() : place));
      }
    }
    rendering.spent(list);
    return None.NONE;
  }
}
