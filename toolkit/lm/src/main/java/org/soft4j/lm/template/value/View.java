package org.soft4j.lm.template.value;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What a dictionary's keys(), values() and items() give: it has a length, and no elements. */
public final class View extends AbstractCollection<Object> {
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
