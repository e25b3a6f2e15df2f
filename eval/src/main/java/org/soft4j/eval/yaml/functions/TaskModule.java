package org.soft4j.eval.yaml.functions;

import java.util.Optional;

/** The functions of one Python module that is known by its source. */
interface TaskModule {
  /** The function of that name; empty where there is no Java for it. */
  Optional<TaskFunction> function(String name);
}
