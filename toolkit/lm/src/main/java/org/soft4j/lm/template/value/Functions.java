package org.soft4j.lm.template.value;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions of one kind by their names: the methods of texts, Jinja's filters, its tests. Each is
 * written once, with its signature.
 *
 * @param <T> what they are called on
 */
public final class Functions<T> {
  private final Map<String, Function<T>> known;

  private Functions(Map<String, Function<T>> known) {
    this.known = Map.copyOf(known);
  }

  /** What a function does with a value. */
  @FunctionalInterface
  public interface Body<T> {
    /** Gives what it makes of the value; the arguments are those that it takes. */
    Object apply(Rendering rendering, T value, Arguments given);
  }

  /** A function, as it is named, takes arguments and works. */
  public record Function<T>(String name, Signature signature, Body<T> body) {
    Object apply(Rendering rendering, T value, Arguments given) {
      return body.apply(rendering, value, given.of(signature));
    }
  }

  /**
   * A function.
   *
   * @param written its name and parameters, as in {@code replace(old, new, count)}
   */
  public static <T> Function<T> function(String written, Body<T> body) {
    return function("", written, body);
  }

  /** A function that messages call by more than its name, such as: the test odd. */
  public static <T> Function<T> function(String kind, String written, Body<T> body) {
    return new Function<>(Signature.nameOf(written), Signature.of(kind, written), body);
  }

  /** The functions of a kind. */
  @SafeVarargs
  public static <T> Functions<T> of(Function<T>... functions) {
    Map<String, Function<T>> known = new HashMap<>();
    for (Function<T> function : functions) {
      known.put(function.name(), function);
    }
    return new Functions<>(known);
  }

  /** These and others. */
  public Functions<T> and(Functions<T> others) {
    Map<String, Function<T>> both = new HashMap<>(known);
    both.putAll(others.known);
    return new Functions<>(both);
  }

  /** The same functions, one of them also by another name. */
  public Functions<T> alias(String name, String of) {
    return and(new Functions<>(Map.of(name, known.get(of))));
  }

  public boolean has(String name) {
    return known.containsKey(name);
  }

  public Set<String> names() {
    return known.keySet();
  }

  /** What the function of a name makes of a value; there has to be one. */
  public Object apply(Rendering rendering, String name, T value, Arguments given) {
    return known.get(name).apply(rendering, value, given);
  }

  /** The function of a name as a method of a value, where there is one. */
  public Optional<Members.Callable> method(T value, String name) {
    return Optional.ofNullable(known.get(name))
        .map(function -> (rendering, given) -> function.apply(rendering, value, given));
  }
}
