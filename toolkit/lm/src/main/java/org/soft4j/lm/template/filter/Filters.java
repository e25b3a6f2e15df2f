package org.soft4j.lm.template.filter;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** Jinja's filters by their names. */
public final class Filters {
  /** Jinja's own that are not supported, and are refused where they are run. */
  private static final Set<String> REFUSED =
      Set.of("attr", "filesizeformat", "pprint", "random", "striptags", "urlize", "wordwrap");

  private static final Map<String, Filter> KNOWN = known();

  private Filters() {}

  private static Map<String, Filter> known() {
    Map<String, Filter> known = new HashMap<>();
    known.putAll(TextFilters.all());
    known.putAll(NumberFilters.all());
    known.putAll(ListFilters.all());
    known.putAll(ChoiceFilters.all());
    known.putAll(OrderFilters.all());
    known.putAll(OutputFilters.all());
    return Map.copyOf(known);
  }

  /** The filters that may be used. */
  public static Set<String> names() {
    return new TreeSet<>(KNOWN.keySet());
  }

  /** Whether Python knows a filter of this name; it may be one that is refused here. */
  public static boolean isKnown(Rendering.Rules rules, String name) {
    return KNOWN.containsKey(name)
        || REFUSED.contains(name)
        || (rules == Rendering.Rules.TASK && name.equals("regex_replace"));
  }

  /** What a filter makes of a value. */
  public static Object apply(Rendering rendering, String name, Object value, Arguments given) {
    Filter filter = KNOWN.get(name);
    if (filter == null) {
      throw new TemplateFault("the filter " + name + " is not supported");
    }
    return rendering.spent(filter.apply(rendering, rendering.read(value), given));
  }

  /** One filter. */
  @FunctionalInterface
  interface Filter {
    Object apply(Rendering rendering, Object value, Arguments given);
  }
}
