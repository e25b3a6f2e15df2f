package org.soft4j.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.soft4j.run.RunFolder;

/** Writes JSON Lines whole or not at all. */
final class OutputLines {
  private OutputLines() {}

  static void write(Path file, List<? extends JsonNode> lines) {
    RunFolder.writeWhole(
        file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }
}
