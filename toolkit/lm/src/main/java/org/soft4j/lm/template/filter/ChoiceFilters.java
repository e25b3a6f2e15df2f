package org.soft4j.lm.template.filter;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Lazy;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** Filters that choose or change the elements of a value, one by one when they are asked for. */
final class ChoiceFilters {
  private ChoiceFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.of(
        "map", ChoiceFilters::mapped,
        "reject", (r, value, given) -> chosen(r, value, () -> test(r, given, 0), false),
        "rejectattr", (r, value, given) -> chosen(r, value, () -> attribute(r, given), false),
        "select", (r, value, given) -> chosen(r, value, () -> test(r, given, 0), true),
        "selectattr", (r, value, given) -> chosen(r, value, () -> attribute(r, given), true));
  }

  private static Object mapped(Rendering rendering, Object value, Arguments given) {
    return new Lazy(
        () -> {
          if (!Operators.truth(value)) {
            return Collections.emptyIterator();
          }
          UnaryOperator<Object> change = change(rendering, given);
          Iterator<Object> values = Iteration.iterator(rendering, value);
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return values.hasNext();
            }

            @Override
            public Object next() {
              rendering.bounds().spend(1);
              return change.apply(values.next());
            }
          };
        });
  }

  private static UnaryOperator<Object> change(Rendering rendering, Arguments given) {
    if (given.placed().isEmpty() && given.named().containsKey("attribute")) {
      given.only("map", 0, "attribute", "default");
      Object otherwise = given.named().getOrDefault("default", None.NONE);
      return Paths.path(
          rendering,
          given.named().get("attribute"),
          otherwise == None.NONE ? Optional.empty() : Optional.of(otherwise));
    }
    String filter = given.text(0, "filter", "map");
    Arguments rest = named(given, "filter").rest();
    return each -> Filters.apply(rendering, filter, each, rest);
  }

  private static Arguments named(Arguments given, String first) {
    if (given.placed().isEmpty() || given.named().containsKey(first)) {
      throw new TemplateFault("map, select and reject take the name of a filter or test first");
    }
    return given;
  }

  private static Predicate<Object> attribute(Rendering rendering, Arguments given) {
    if (given.placed().isEmpty()) {
      throw new TemplateFault("selectattr is called without attribute");
    }
    UnaryOperator<Object> path = Paths.path(rendering, given.placed().get(0), Optional.empty());
    Predicate<Object> test = test(rendering, given, 1);
    return value -> test.test(path.apply(value));
  }

  private static Predicate<Object> test(Rendering rendering, Arguments given, int from) {
    if (given.placed().size() <= from) {
      return Operators::truth;
    }
    String name = given.text(from, "test", "select");
    Arguments rest = (from == 0 ? given : given.rest()).rest();
    return value -> Tests.holds(rendering, name, value, rest);
  }

  private static Object chosen(
      Rendering rendering, Object value, Supplier<Predicate<Object>> test, boolean wanted) {
    return new Lazy(
        () ->
            Operators.truth(value)
                ? new Chosen(
                    rendering.bounds(),
                    Iteration.iterator(rendering, value),
                    wanted ? test.get() : test.get().negate())
                : Collections.emptyIterator());
  }

  /** The values that hold a test. */
  private static final class Chosen implements Iterator<Object> {
    private final Bounds bounds;
    private final Iterator<Object> values;
    private final Predicate<Object> test;
    private Optional<Object> next = Optional.empty();

    Chosen(Bounds bounds, Iterator<Object> values, Predicate<Object> test) {
      this.bounds = bounds;
      this.values = values;
      this.test = test;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && values.hasNext()) {
        bounds.spend(1);
        next = Optional.of(values.next()).filter(test);
      }
      return next.isPresent();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object found = next.orElseThrow();
      next = Optional.empty();
      return found;
    }
  }

  /** The values that hold a test, each tested when it is asked for. */
  static Iterator<Object> kept(Rendering rendering, Object value, Predicate<Object> test) {
    return new Chosen(rendering.bounds(), Iteration.iterator(rendering, value), test);
  }
}
