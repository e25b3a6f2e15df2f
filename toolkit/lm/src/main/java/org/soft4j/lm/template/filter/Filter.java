package org.soft4j.lm.template.filter;

import org.soft4j.lm.template.value.Arguments;
import org.soft4j.lm.template.value.Rendering;

/** One filter. */
@FunctionalInterface
interface Filter {
  Object apply(Rendering rendering, Object value, Arguments given);
}
