package org.soft4j.lm.template;

/** What a template may call by a name. */
@FunctionalInterface
interface Callable {
  /** Gives what the call gives. */
  Object call(Scope scope, Arguments arguments);
}
