package org.soft4j.lm.template.filter;

import java.util.Set;
import java.util.TreeSet;
import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Functions;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** Jinja's filters by their names. */
public final class Filters {
  /** Jinja's own that are not supported, and are refused where they are run. */
  private static final Set<String> REFUSED =
      Set.of("attr", "filesizeformat", "pprint", "random", "striptags", "urlize", "wordwrap");

  private static final Functions<Object> KNOWN =
      TextFilters.ALL
          .and(NumberFilters.ALL)
          .and(ListFilters.ALL)
          .and(ChoiceFilters.ALL)
          .and(OrderFilters.ALL)
          .and(OutputFilters.ALL);

  private Filters() {}

  /** The filters that may be used. */
  public static Set<String> names() {
    return new TreeSet<>(KNOWN.names());
  }

  /** Whether Python knows a filter of this name; it may be one that is refused here. */
  public static boolean isKnown(Rendering.Rules rules, String name) {
    return KNOWN.has(name)
        || REFUSED.contains(name)
        || (rules == Rendering.Rules.TASK && name.equals("regex_replace"));
  }

  /** What a filter makes of a value. */
  public static Object apply(Rendering rendering, String name, Object value, Arguments given) {
    if (!KNOWN.has(name)) {
      throw new TemplateFault("the filter " + name + " is not supported");
    }
    return rendering.spent(KNOWN.apply(rendering, name, rendering.read(value), given));
  }
}
