package org.soft4j.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.soft4j.error.UserError;

/** Writes a page whole or not at all. */
final class ReportFile {
  private ReportFile() {}

  static void write(Path file, String text) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UserError(
          "%s cannot be written: %s.".formatted(file, failure.getMessage()),
          "Check that the folder can be written to and has space left.",
          failure);
    }
  }
}
