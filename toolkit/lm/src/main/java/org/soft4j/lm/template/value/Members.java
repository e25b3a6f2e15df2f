package org.soft4j.lm.template.value;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes and elements of values, found as Jinja finds them. */
public final class Members {
  private static final Set<String> OF_TEXTS =
      Set.of(
          ("capitalize casefold center count encode endswith expandtabs find format format_map"
                  + " index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric"
                  + " isprintable isspace istitle isupper join ljust lower lstrip maketrans partition"
                  + " removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip"
                  + " split splitlines startswith strip swapcase title translate upper zfill")
              .split(" "));
  private static final Set<String> OF_MAPS =
      Set.of("clear copy fromkeys get items keys pop popitem setdefault update values".split(" "));
  private static final Set<String> OF_LISTS =
      Set.of("append clear copy count extend index insert pop remove reverse sort".split(" "));
  private static final Set<String> OF_TUPLES = Set.of("count", "index");
  private static final Set<String> OF_RANGES = Set.of("count", "index", "start", "stop", "step");
  private static final Set<String> OF_NUMBERS =
      Set.of(
          ("as_integer_ratio bit_count bit_length conjugate denominator from_bytes fromhex hex imag"
                  + " is_integer numerator real to_bytes")
              .split(" "));
  private static final Set<String> OF_OTHERS =
      Set.of("isdisjoint", "mapping", "close", "send", "throw");

  private Members() {}

  /** What a template may call. */
  @FunctionalInterface
  public interface Callable {
    /** Gives what the call gives. */
    Object call(Rendering rendering, Arguments arguments);
  }

  /** A value with attributes of its own, such as a loop. */
  public interface Attributes {
    /** The attribute, where there is one of that name. */
    Optional<Object> attribute(Rendering rendering, String name);
  }

  /** What value.name gives: Python's attribute goes before an entry of the same name. */
  public static Object attribute(Rendering rendering, Object value, String name) {
    requireDefined(value, name);
    Object found = own(rendering, value, name);
    if (found == null && value instanceof Map<?, ?> map) {
      found = map.get(name);
    }
    return found == null ? missing(rendering, value, name) : found;
  }

  /** What value[key] gives: an entry goes before an attribute of the same name. */
  public static Object item(Rendering rendering, Object value, Object key) {
    requireDefined(value, Repr.kind(key));
    Undefined.requireUsable(key);
    Object found = entry(rendering.read(value), key);
    if (found == null && key instanceof String name) {
      found = own(rendering, value, name);
      return found == null ? missing(rendering, value, name) : found;
    }
    return found == null ? rendering.undefined("an element") : found;
  }

  private static Object entry(Object value, Object key) {
    if (value instanceof Map<?, ?> map) {
      return (key instanceof List<?> && !(key instanceof Tuple)) || key instanceof Map<?, ?>
          ? null
          : Dictionaries.get(map, key);
    }
    return Numbers.isWhole(key) && Elements.isIndexed(value)
        ? key instanceof BigInteger ? null : Elements.at(value, Numbers.whole(key))
        : null;
  }

  private static void requireDefined(Object value, String name) {
    if (value instanceof Undefined undefined) {
      Undefined.requireUsable(value);
      throw new TemplateFault("%s is undefined: it has no %s".formatted(undefined.name(), name));
    }
  }

  private static Undefined missing(Rendering rendering, Object value, String name) {
    String owner =
        value instanceof String
            ? "a text's"
            : value instanceof Map<?, ?> ? "a dictionary's" : "a value's";
    return rendering.undefined(owner + " method " + name);
  }

  /** What Python's getattr finds, or null; refuses what it would find and is not known here. */
  private static Object own(Rendering rendering, Object value, String name) {
    if (value instanceof Attributes known) {
      return known.attribute(rendering, name).orElse(null);
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name, null);
    }
    if (value instanceof Tuple tuple && tuple.named(name) != null) {
      return tuple.named(name);
    }
    Optional<Callable> method = method(rendering, value, name);
    if (method.isPresent()) {
      Callable found = method.get();
      return (Callable)
          (r, given) -> {
            r.read(value);
            return r.spent(found.call(r, given));
          };
    }
    boolean hidden = name.startsWith("__") && name.endsWith("__");
    if (hidden || ofPython(value).contains(name)) {
      throw new TemplateFault(missing(rendering, value, name).name() + " is not supported");
    }
    return null;
  }

  private static Optional<Callable> method(Rendering rendering, Object value, String name) {
    return value instanceof String text
        ? TextMethods.ALL.method(text, name)
        : CollectionMethods.of(rendering, value, name);
  }

  private static Set<String> ofPython(Object value) {
    if (SafeText.isText(value)) {
      return OF_TEXTS;
    }
    if (value instanceof Map<?, ?>) {
      return OF_MAPS;
    }
    if (value instanceof Tuple) {
      return OF_TUPLES;
    }
    if (value instanceof Range) {
      return OF_RANGES;
    }
    if (value instanceof List<?>) {
      return OF_LISTS;
    }
    return Numbers.isNumber(value)
        ? OF_NUMBERS
        : value instanceof Iterable<?> ? OF_OTHERS : Set.of();
  }

  /** What value(...) gives. */
  public static Object called(Rendering rendering, Object value, Arguments arguments) {
    if (value instanceof Callable callable) {
      return rendering.spent(callable.call(rendering, arguments));
    }
    if (value instanceof Undefined undefined) {
      throw new TemplateFault(
          undefined.name().contains(" method ")
              ? undefined.name() + " is not supported"
              : "the function " + undefined.name() + " is not known");
    }
    throw new TemplateFault(Repr.kind(value) + " cannot be called");
  }
}
