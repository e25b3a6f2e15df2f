package org.soft4j.soft;

import org.soft4j.error.UserError;

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
}
