package org.soft4j.lm.template.value;

import java.util.List;
import java.util.Map;

/**
 * What a function, a method, a filter or a test is called with.
 *
 * @param signature of the callee, by which its arguments are found
 * @param placed in their order
 * @param named by keyword
 */
public record Arguments(Signature signature, List<Object> placed, Map<String, Object> named) {
  public static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** Arguments for whatever is called. */
  public Arguments(List<Object> placed, Map<String, Object> named) {
    this(Signature.ANY, placed, named);
  }

  /** The same for a callee, which takes them. */
  Arguments of(Signature callee) {
    callee.check(this);
    return new Arguments(callee, placed, named);
  }

  /** The same for a callee whose signature is written as Python's documentation does. */
  public Arguments of(String written) {
    return of(Signature.of("", written));
  }

  /** Whether an argument is given, by its place or by its name. */
  private boolean has(String name) {
    int place = signature.parameters().indexOf(name);
    return (place >= 0 && place < placed.size()) || named.containsKey(name);
  }

  /** The argument of a name, or another value where it is not given. */
  public Object get(String name, Object otherwise) {
    int place = signature.parameters().indexOf(name);
    return place >= 0 && place < placed.size()
        ? placed.get(place)
        : named.getOrDefault(name, otherwise);
  }

  /** An argument whose default is None. */
  public Object get(String name) {
    return get(name, None.NONE);
  }

  /** The argument that has to be given. */
  public Object required(String name) {
    if (!has(name)) {
      throw new TemplateFault(signature.caller() + " is called without " + name);
    }
    return get(name);
  }

  /** A text that has to be given. */
  public String text(String name) {
    Object value = required(name);
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault(
        "%s is called with %s for %s, not a text"
            .formatted(signature.caller(), Repr.kind(value), name));
  }

  /** A whole number that may be given. */
  public long whole(String name, long otherwise) {
    return Numbers.whole(get(name, otherwise));
  }

  /** A truth value that may be given; any value has one. */
  public boolean truth(String name) {
    return Operators.truth(get(name, false));
  }

  /** The same without the first ones, for another callee. */
  public Arguments from(int place) {
    return new Arguments(placed.subList(place, placed.size()), named);
  }

  @Override
  public String toString() {
    return placed.size() + " in their places, by name " + named.keySet();
  }
}
