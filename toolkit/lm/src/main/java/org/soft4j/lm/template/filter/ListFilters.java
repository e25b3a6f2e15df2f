package org.soft4j.lm.template.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Elements;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.Lazy;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.PythonText;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.Undefined;
import org.soft4j.lm.template.value.View;

/** Filters that look at the elements of a value. */
final class ListFilters {
  private ListFilters() {}

  static Map<String, Filters.Filter> all() {
    return Map.ofEntries(
        Map.entry("batch", ListFilters::batches),
        Map.entry("count", ListFilters::length),
        Map.entry("first", ListFilters::first),
        Map.entry("items", ListFilters::items),
        Map.entry("join", ListFilters::joined),
        Map.entry("last", ListFilters::last),
        Map.entry("length", ListFilters::length),
        Map.entry("list", ListFilters::list),
        Map.entry("reverse", ListFilters::reversed),
        Map.entry("slice", ListFilters::slices),
        Map.entry("sum", ListFilters::sum));
  }

  private static Object length(Rendering rendering, Object value, Arguments given) {
    given.only("length", 0);
    return Iteration.length(value);
  }

  private static Object list(Rendering rendering, Object value, Arguments given) {
    given.only("list", 0);
    return Iteration.elements(rendering, value);
  }

  private static Object first(Rendering rendering, Object value, Arguments given) {
    given.only("first", 0);
    Iterator<Object> values = Iteration.iterator(rendering, value);
    return values.hasNext() ? values.next() : rendering.undefined("the first of nothing");
  }

  private static Object last(Rendering rendering, Object value, Arguments given) {
    given.only("last", 0);
    List<Object> values = Iteration.backwards(rendering, value);
    return values.isEmpty() ? rendering.undefined("the last of nothing") : values.get(0);
  }

  private static Object items(Rendering rendering, Object value, Arguments given) {
    given.only("items", 0);
    return new Lazy(
        () -> {
          if (value instanceof Undefined) {
            return Collections.emptyIterator();
          }
          if (value instanceof Map<?, ?> map) {
            return View.items(map).iterator();
          }
          throw new TemplateFault("the filter items is for dictionaries");
        });
  }

  private static Object joined(Rendering rendering, Object value, Arguments given) {
    given.only("join", 2, "d", "attribute");
    List<Object> values = Iteration.elements(rendering, value);
    values.replaceAll(attribute(rendering, given, 1));
    return PythonText.joined(Repr.str(given.get(0, "d", "")), values);
  }

  private static UnaryOperator<Object> attribute(Rendering rendering, Arguments given, int place) {
    return Paths.path(rendering, given.get(place, "attribute", None.NONE), Optional.empty());
  }

  private static Object reversed(Rendering rendering, Object value, Arguments given) {
    given.only("reverse", 0);
    if (value instanceof String) {
      return Elements.slice(value, None.NONE, None.NONE, -1L);
    }
    if (value instanceof SafeText) {
      throw new TemplateFault("the filter reverse of what the filter safe gives is not supported");
    }
    if (value instanceof Lazy) {
      List<Object> values = Iteration.elements(rendering, value);
      Collections.reverse(values);
      return values;
    }
    List<Object> values = Iteration.backwards(rendering, value);
    return new Lazy(values::iterator);
  }

  private static Object sum(Rendering rendering, Object value, Arguments given) {
    given.only("sum", 2, "attribute", "start");
    UnaryOperator<Object> attribute = attribute(rendering, given, 0);
    Object sum = given.get(1, "start", 0L);
    for (Object each : Iteration.elements(rendering, value)) {
      Object part = attribute.apply(each);
      if (sum instanceof String) {
        throw new TemplateFault("the filter sum is not for texts");
      }
      sum = Operators.arithmetic(rendering, "+", sum, part);
    }
    return sum;
  }

  private static Object batches(Rendering rendering, Object value, Arguments given) {
    given.only("batch", 2, "linecount", "fill_with");
    long size = whole(given, "linecount", "batch");
    Object fill = given.get(1, "fill_with", None.NONE);
    return new Lazy(
        () -> {
          List<Object> batches = new ArrayList<>();
          List<Object> batch = new ArrayList<>();
          for (Object each : Iteration.elements(rendering, value)) {
            if (batch.size() == size) {
              batches.add(batch);
              batch = new ArrayList<>();
            }
            batch.add(each);
          }
          while (fill != None.NONE && !batch.isEmpty() && batch.size() < size) {
            batch.add(fill);
            Bounds.requireShort(batch.size(), Bounds.ELEMENTS);
          }
          if (!batch.isEmpty()) {
            batches.add(batch);
          }
          return batches.iterator();
        });
  }

  private static long whole(Arguments given, String name, String filter) {
    given.required(0, name, filter);
    return given.whole(0, name, 0);
  }

  private static Object slices(Rendering rendering, Object value, Arguments given) {
    given.only("slice", 2, "slices", "fill_with");
    long count = whole(given, "slices", "slice");
    Bounds.requireShort(count, Bounds.ELEMENTS);
    Object fill = given.get(1, "fill_with", None.NONE);
    return new Lazy(
        () -> {
          List<Object> values = Iteration.elements(rendering, value);
          if (count == 0) {
            throw new TemplateFault("division by zero");
          }
          List<Object> slices = new ArrayList<>();
          int longer = (int) Math.floorMod(values.size(), count);
          int from = 0;
          for (int i = 0; i < count; i++) {
            int end = from + (int) (values.size() / count) + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(values.subList(from, end));
            if (fill != None.NONE && i >= longer) {
              slice.add(fill);
            }
            slices.add(slice);
            from = end;
          }
          return slices.iterator();
        });
  }
}
