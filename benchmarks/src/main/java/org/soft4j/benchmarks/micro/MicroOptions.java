package org.soft4j.benchmarks.micro;

import org.soft4j.core.UserError;
import org.soft4j.datasets.micro.MicroItems;
import org.soft4j.datasets.micro.MicroPart;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.TaskOptions;

/** Reads the options that the micro benchmarks share. */
final class MicroOptions {
  static final String PAPER = "soft4j, the micro world";

  private MicroOptions() {}

  static MicroWorld world(TaskOptions options) {
    return MicroWorld.named(options.value(MicroWorld.OPTION, MicroWorld.FIRST));
  }

  static MicroPart part(TaskOptions options) {
    String part = options.value("micro.part", "test");
    return switch (part) {
      case "test" -> MicroPart.TEST;
      case "validation" -> MicroPart.VALIDATION;
      default ->
          throw new UserError(
              "micro.part is \"" + part + "\".",
              "Choose micro.part=test or micro.part=validation.");
    };
  }

  static MicroItems items(TaskOptions options) {
    return new MicroItems(world(options), part(options));
  }

  static String split(TaskOptions options) {
    String part = options.value("micro.part", "test");
    return part + " topics of world " + world(options).name();
  }

  /** A whole answer, the stop token included. */
  static String ended(String answer) {
    return answer + " <e>";
  }
}
