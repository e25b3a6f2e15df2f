package org.soft4j.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.soft4j.error.UserError;

/** Writes a file whole or not at all. */
final class OutputLines {
  private OutputLines() {}

  static void write(Path file, List<? extends JsonNode> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    writeText(file, text.toString());
  }

  static void writeText(Path file, String text) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    try {
      Files.createDirectories(folder);
      Path part = folder.resolve("." + target.getFileName() + ".part");
      try {
        try (BufferedWriter writer = Files.newBufferedWriter(part)) {
          writer.write(text);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw new UserError(
          "%s cannot be written: %s.".formatted(file, failure.getMessage()),
          "Check that the folder can be written to and has space left.",
          failure);
    }
  }
}
