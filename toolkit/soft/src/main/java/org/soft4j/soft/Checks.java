package org.soft4j.soft;

import java.util.List;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;

/** Range checks whose messages name the setting. */
final class Checks {
  private Checks() {}

  static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new UserError(
          key + " is " + value + "; it must be " + least + " or more.",
          "Set it with --set " + key + "=" + least + " or a larger number.");
    }
  }

  static void within(String key, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new UserError(
          key + " is " + value + "; it must lie between " + least + " and " + most + ".",
          "Set it with --set " + key + "=VALUE.");
    }
  }

  /** At least one, and none that is not known. */
  static void some(String key, List<String> values, List<String> known) {
    if (values.isEmpty()) {
      throw new UserError(
          key + " is empty.", "Name some of " + String.join(", ", known) + ", with commas.");
    }
    for (String value : values) {
      if (!known.contains(value)) {
        throw new UserError(
            key + " names \"" + value + "\"." + DidYouMean.hint(value, known),
            "Name some of " + String.join(", ", known) + ", with commas.");
      }
    }
  }
}
