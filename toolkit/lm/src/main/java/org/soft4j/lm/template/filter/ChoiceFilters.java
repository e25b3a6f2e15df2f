package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** Filters that choose or change the elements of a value, one by one when they are asked for. */
final class ChoiceFilters {
  static final Functions<Object> ALL =
      Functions.of(
          function("map(*)", ChoiceFilters::mapped),
          function("reject(*)", (r, value, given) -> chosen(r, value, given, false, false)),
          function("rejectattr(*)", (r, value, given) -> chosen(r, value, given, true, false)),
          function("select(*)", (r, value, given) -> chosen(r, value, given, false, true)),
          function("selectattr(*)", (r, value, given) -> chosen(r, value, given, true, true)));

  private ChoiceFilters() {}

  /** What is made of the values of what is true, when the first is asked for. */
  private static Object lazy(Object value, Function<Iterator<Object>, Iterator<Object>> made) {
    return new Iteration.Lazy(
        () ->
            Operators.truth(value)
                ? made.apply(Iteration.iterator(value))
                : Collections.emptyIterator());
  }

  private static Object mapped(Rendering rendering, Object value, Arguments given) {
    return lazy(
        value,
        values -> {
          UnaryOperator<Object> change = change(rendering, given);
          return new Iterator<>() {
            @Override
            public boolean hasNext() {
              return values.hasNext();
            }

            @Override
            public Object next() {
              rendering.spend(1);
              return change.apply(values.next());
            }
          };
        });
  }

  private static UnaryOperator<Object> change(Rendering rendering, Arguments given) {
    if (given.placed().isEmpty() && given.named().containsKey("attribute")) {
      Arguments attribute = given.of("map(attribute, default)");
      Object otherwise = attribute.get("default");
      return Paths.path(
          rendering,
          attribute.get("attribute"),
          otherwise == None.NONE ? Optional.empty() : Optional.of(otherwise));
    }
    String filter = name(given, 0);
    Arguments rest = given.from(1);
    return each -> Filters.apply(rendering, filter, each, rest);
  }

  /** The name of a filter or a test, which stands at a place. */
  private static String name(Arguments given, int place) {
    if (given.placed().size() > place && given.placed().get(place) instanceof String name) {
      return name;
    }
    throw new TemplateFault("map, select and reject take the name of a filter or test first");
  }

  private static Object chosen(
      Rendering rendering, Object value, Arguments given, boolean attribute, boolean wanted) {
    return lazy(
        value,
        values -> {
          Predicate<Object> test =
              attribute ? ofAttribute(rendering, given) : test(rendering, given, 0);
          return kept(rendering, values, each -> test.test(each) == wanted);
        });
  }

  /** The values that hold a test, each a step of work. */
  static Iterator<Object> kept(
      Rendering rendering, Iterator<Object> values, Predicate<Object> test) {
    return Iteration.kept(
        values,
        value -> {
          rendering.spend(1);
          return test.test(value);
        });
  }

  private static Predicate<Object> ofAttribute(Rendering rendering, Arguments given) {
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
    String name = name(given, from);
    Arguments rest = given.from(from + 1);
    return value -> Tests.holds(rendering, name, value, rest);
  }
}
