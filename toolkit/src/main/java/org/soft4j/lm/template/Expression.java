package org.soft4j.lm.template;

/** An expression of a template, ready to be worked out. */
@FunctionalInterface
interface Expression {
  /** Its value, as Python has it: {@link Undefined} where there is none. */
  Object value(Scope scope);
}
