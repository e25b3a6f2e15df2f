package org.soft4j.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.soft4j.run.RunFolder;

/** Writes a page whole or not at all. */
final class ReportFile {
  private ReportFile() {}

  static void write(Path file, String text) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw RunFolder.fault(file, failure);
    }
  }
}
