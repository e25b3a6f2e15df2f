package org.soft4j.lm.template.filter;

import static org.soft4j.lm.template.value.Functions.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Bounds;
import org.soft4j.lm.template.value.Dictionaries;
import org.soft4j.lm.template.value.Elements;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Iteration;
import org.soft4j.lm.template.value.None;
import org.soft4j.lm.template.value.Numbers;
import org.soft4j.lm.template.value.Operators;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.Repr;
import org.soft4j.lm.template.value.SafeText;
import org.soft4j.lm.template.value.TemplateFault;
import org.soft4j.lm.template.value.TextParts;
import org.soft4j.lm.template.value.Undefined;

/** Filters that look at the elements of a value. */
final class ListFilters {
  static final Functions<Object> ALL =
      Functions.<Object>of(
              function("batch(linecount, fill_with)", ListFilters::batches),
              function("first()", ListFilters::first),
              function("items()", (r, value, given) -> items(value)),
              function("join(d, attribute)", ListFilters::joined),
              function("last()", ListFilters::last),
              function("length()", (r, value, given) -> Iteration.length(value)),
              function("list()", (r, value, given) -> Iteration.elements(r, value)),
              function("reverse()", ListFilters::reversed),
              function("slice(slices, fill_with)", ListFilters::slices),
              function("sum(attribute, start)", ListFilters::sum))
          .alias("count", "length");

  private ListFilters() {}

  private static Object first(Rendering rendering, Object value, Arguments given) {
    Iterator<Object> values = Iteration.iterator(value);
    return values.hasNext() ? values.next() : rendering.undefined("the first of nothing");
  }

  private static Object last(Rendering rendering, Object value, Arguments given) {
    List<Object> values = Iteration.backwards(rendering, value);
    return values.isEmpty() ? rendering.undefined("the last of nothing") : values.get(0);
  }

  private static Object items(Object value) {
    return new Iteration.Lazy(
        () -> {
          if (value instanceof Undefined) {
            return Collections.emptyIterator();
          }
          if (value instanceof Map<?, ?> map) {
            return Dictionaries.View.items(map).iterator();
          }
          throw new TemplateFault("the filter items is for dictionaries");
        });
  }

  private static Object joined(Rendering rendering, Object value, Arguments given) {
    List<Object> values = Iteration.elements(rendering, value);
    values.replaceAll(attribute(rendering, given));
    return TextParts.joined(rendering, Repr.str(given.get("d", "")), values);
  }

  private static UnaryOperator<Object> attribute(Rendering rendering, Arguments given) {
    return Paths.path(rendering, given.get("attribute"), Optional.empty());
  }

  private static Object reversed(Rendering rendering, Object value, Arguments given) {
    if (value instanceof String) {
      return Elements.slice(value, None.NONE, None.NONE, -1L);
    }
    if (value instanceof SafeText) {
      throw new TemplateFault("the filter reverse of what the filter safe gives is not supported");
    }
    if (value instanceof Iteration.Lazy) {
      List<Object> values = Iteration.elements(rendering, value);
      Collections.reverse(values);
      return values;
    }
    List<Object> values = Iteration.backwards(rendering, value);
    return new Iteration.Lazy(values::iterator);
  }

  private static Object sum(Rendering rendering, Object value, Arguments given) {
    UnaryOperator<Object> attribute = attribute(rendering, given);
    Object sum = given.get("start", 0L);
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
    long size = Numbers.whole(given.required("linecount"));
    Object fill = given.get("fill_with");
    return new Iteration.Lazy(
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
            Bounds.add(batch, fill);
          }
          if (!batch.isEmpty()) {
            batches.add(batch);
          }
          return batches.iterator();
        });
  }

  private static Object slices(Rendering rendering, Object value, Arguments given) {
    long count = Numbers.whole(given.required("slices"));
    Bounds.requireShort(count, Bounds.ELEMENTS);
    Object fill = given.get("fill_with");
    return new Iteration.Lazy(
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
