package org.soft4j.lm.template.value;

import java.util.List;
import java.util.Map;

/**
 * What a function, a filter or a test is called with.
 *
 * @param placed in their order
 * @param named by keyword
 */
public record Arguments(List<Object> placed, Map<String, Object> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** The argument that may be given by place or by name. */
  public Object get(int place, String name, Object otherwise) {
    return place < placed.size() ? placed.get(place) : named.getOrDefault(name, otherwise);
  }

  /** The argument that has to be given. */
  public Object required(int place, String name, String caller) {
    if (place >= placed.size() && !named.containsKey(name)) {
      throw new TemplateFault(caller + " is called without " + name);
    }
    return get(place, name, "");
  }

  /** A text that has to be given. */
  public String text(int place, String name, String caller) {
    Object value = required(place, name, caller);
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault(
        caller + " is called with " + Repr.kind(value) + " for " + name + ", not a text");
  }

  /** A whole number that may be given. */
  public long whole(int place, String name, long otherwise) {
    return Numbers.whole(get(place, name, otherwise));
  }

  /** A truth value that may be given; any value has one. */
  public boolean truth(int place, String name) {
    return Operators.truth(get(place, name, false));
  }

  /** Refuses arguments that a callee does not take, which would be lost or given twice. */
  public Arguments only(String caller, int most, String... names) {
    List<String> known = List.of(names);
    boolean twice =
        known.subList(0, Math.min(placed.size(), known.size())).stream()
            .anyMatch(named::containsKey);
    if (placed.size() > most || twice || !known.containsAll(named.keySet())) {
      throw new TemplateFault(caller + " is called with arguments that are not supported: " + this);
    }
    return this;
  }

  /** The same without the first. */
  public Arguments rest() {
    return new Arguments(placed.subList(1, placed.size()), named);
  }

  @Override
  public String toString() {
    return placed.size() + " in their places, by name " + named.keySet();
  }
}
