package org.soft4j.lm.template.value;

/** What a template may call. */
@FunctionalInterface
public interface Callable {
  /** Gives what the call gives. */
  Object call(Rendering rendering, Arguments arguments);
}
