package org.soft4j.eval.yaml.functions;

import java.util.Map;

/**
 * The functions of one Python module that is known by its source.
 *
 * @param functions that have Java, by name
 * @param missing why there is no Java for the rest
 */
record TaskModule(Map<String, TaskFunction> functions, String missing) {
  static TaskModule of(Map<String, TaskFunction> functions) {
    return new TaskModule(functions, "this part of it is not in Java");
  }

  static TaskModule refused(String reason) {
    return new TaskModule(Map.of(), reason);
  }
}
