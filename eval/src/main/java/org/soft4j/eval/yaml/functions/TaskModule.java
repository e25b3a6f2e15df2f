package org.soft4j.eval.yaml.functions;

import java.util.Optional;

/** The functions of one Python module that is known by its source. */
interface TaskModule {
  /** The function of that name; empty where there is no Java for it. */
  Optional<TaskFunction> function(String name);

  /** Why there is no Java for the rest. */
  default String missing() {
    return "this part of it is not in Java";
  }

  /** A module that is known, and why it is not in Java. */
  record Refused(String missing) implements TaskModule {
    @Override
    public Optional<TaskFunction> function(String name) {
      return Optional.empty();
    }
  }
}
