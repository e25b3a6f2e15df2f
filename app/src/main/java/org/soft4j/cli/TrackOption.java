package org.soft4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The flag that says where a run is sent to. */
final class TrackOption {
  @Option(
      names = "--track",
      paramLabel = "WHERE",
      description =
          "Send settings, values of finished rounds and the report to mlflow:http://HOST:PORT, or"
              + " write event files: tensorboard:DIR; may be repeated.")
  private List<String> targets = new ArrayList<>();

  List<String> targets() {
    return targets;
  }

  /** The flag as it was given, for a command to go on with. */
  String[] words() {
    return targets.stream().flatMap(target -> Stream.of("--track", target)).toArray(String[]::new);
  }
}
