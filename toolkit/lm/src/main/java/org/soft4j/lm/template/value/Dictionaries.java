package org.soft4j.lm.template.value;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Python's dictionaries: what may be a key, and which keys are the same. */
public final class Dictionaries {
  private Dictionaries() {}

  /** What dict(...) gives: of a dictionary or pairs, and of names. */
  static Map<Object, Object> dict(Rendering rendering, Arguments arguments) {
    Map<Object, Object> map = new LinkedHashMap<>();
    if (arguments.placed().size() > 1) {
      throw new TemplateFault("dict is called with more than one value");
    }
    arguments.placed().forEach(given -> putAll(rendering, map, given));
    arguments.named().forEach((name, value) -> put(map, name, value));
    return rendering.spent(map);
  }

  /** Adds the entries of a dictionary, or pairs. */
  static void putAll(Rendering rendering, Map<Object, Object> map, Object given) {
    if (given instanceof Map<?, ?> other) {
      other.forEach((key, value) -> put(map, key, value));
      return;
    }
    for (Object pair : Iteration.elements(rendering, given)) {
      List<Object> parts = Iteration.elements(rendering, pair);
      if (parts.size() != 2) {
        throw new TemplateFault("a pair of a key and a value has " + parts.size() + " parts");
      }
      put(map, parts.get(0), parts.get(1));
    }
  }

  /** Sets an entry; an equal key that is there already stays as it is. */
  public static void put(Map<Object, Object> map, Object key, Object value) {
    Object held = held(map, key);
    map.put(held == null ? key(key) : held, value);
  }

  /** The value of a key, or null. */
  static Object get(Map<?, ?> map, Object key) {
    if (key instanceof String) {
      return map.get(key);
    }
    Object held = held(map, key);
    return held == null ? null : map.get(held);
  }

  static boolean contains(Map<?, ?> map, Object key) {
    return held(map, key) != null;
  }

  /** The key of a map that equals this one, as True equals 1; null where there is none. */
  static Object held(Map<?, ?> map, Object given) {
    if (given instanceof Undefined) {
      Undefined.requireUsable(given);
      return null;
    }
    Object key = key(given);
    if (map.containsKey(key)) {
      return key;
    }
    Object other =
        key instanceof Boolean truth
            ? (Object) (truth ? 1L : 0L)
            : key.equals(1L) ? (Object) true : key.equals(0L) ? false : key;
    return map.containsKey(other) ? other : null;
  }

  /** A key in the form that dictionaries here hold it. */
  static Object key(Object key) {
    if (key instanceof SafeText safe) {
      return safe.text();
    }
    if (key instanceof Tuple tuple) {
      List<Object> parts = new ArrayList<>();
      tuple.forEach(part -> parts.add(scalar(part)));
      return new Tuple(parts);
    }
    return scalar(key);
  }

  private static Object scalar(Object key) {
    boolean fraction = key instanceof Double number && number % 1 != 0;
    if (key instanceof String || Numbers.isWhole(key) || key == None.NONE || fraction) {
      return key;
    }
    throw new TemplateFault(Repr.kind(key) + " as a key is not supported");
  }

  /** What a dictionary's keys(), values() and items() give: it has a length, and no elements. */
  public static final class View extends AbstractCollection<Object> {
    private final String name;
    private final Collection<Object> values;

    private View(String name, Collection<Object> values) {
      this.name = name;
      this.values = values;
    }

    static View keys(Map<?, ?> map) {
      return new View("dict_keys", new ArrayList<>(map.keySet()));
    }

    static View values(Map<?, ?> map) {
      return new View("dict_values", new ArrayList<>(map.values()));
    }

    /** Pairs of keys and values. */
    public static View items(Map<?, ?> map) {
      List<Object> items = new ArrayList<>();
      map.forEach((key, value) -> items.add(Tuple.of(key, value)));
      return new View("dict_items", items);
    }

    String name() {
      return name;
    }

    @Override
    public Iterator<Object> iterator() {
      return values.iterator();
    }

    @Override
    public int size() {
      return values.size();
    }
  }
}
