package org.soft4j.lm.template;

import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELException;

/**
 * What a function, a filter or a test is called with.
 *
 * @param placed in their order
 * @param named by keyword
 */
record Arguments(List<Object> placed, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** The argument that may be given by place or by name. */
  Object get(int place, String name, Object otherwise) {
    return place < placed.size() ? placed.get(place) : named.getOrDefault(name, otherwise);
  }

  /** The argument that has to be given. */
  Object required(int place, String name, String caller) {
    if (place >= placed.size() && !named.containsKey(name)) {
      throw new ELException(caller + " is called without " + name);
    }
    return get(place, name, "");
  }

  /** A text that has to be given. */
  String text(int place, String name, String caller) {
    if (required(place, name, caller) instanceof CharSequence text) {
      return text.toString();
    }
    throw new ELException(caller + " is called with " + name + " that is not a text");
  }

  /** Refuses arguments that a callee does not take, which would be lost. */
  Arguments only(String caller, int most, String... names) {
    if (placed.size() > most || !List.of(names).containsAll(named.keySet())) {
      throw new ELException(caller + " is called with arguments that are not supported: " + this);
    }
    return this;
  }

  /** The same without the first. */
  Arguments rest() {
    return new Arguments(placed.subList(1, placed.size()), named);
  }

  @Override
  public String toString() {
    return placed.size() + " in their places, by name " + named.keySet();
  }
}
