package org.soft4j.cli;

import org.soft4j.core.Resolved;
import org.soft4j.run.RunSettings;

/** A command whose flags are made from the settings that it uses. */
interface TakesSettings {
  /** Whether a setting means something to it. */
  boolean uses(String key);

  /** What holds where nothing is asked for. */
  default Resolved<RunSettings> standard() {
    return Resolved.defaults(RunSettings.DEFAULT);
  }

  /** Whether a preset comes before what is asked for. */
  default boolean preset() {
    return true;
  }
}
