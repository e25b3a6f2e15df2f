package org.soft4j.notebooks.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.soft4j.core.WholeFile;

/**
 * Copies of soft4j's notebooks for a user to work in.
 *
 * @param from folder of the notebooks
 * @param into folder of the copies
 */
record Examples(Path from, Path into) {
  private static final String FORM = "\\d\\d-.+\\.ipynb";

  Examples(Path into) {
    this(Home.folder().resolve("notebooks"), into);
  }

  /**
   * Copies what is not there yet.
   *
   * @return what was done, in a line or two; files that differ from the example are named
   */
  String copy() {
    List<String> kept = new ArrayList<>();
    int copied = 0;
    for (Path example : examples()) {
      Path copy = into.resolve(example.getFileName().toString());
      String text = WholeFile.read(example);
      if (Files.notExists(copy)) {
        WholeFile.write(copy, text);
        copied++;
      } else if (!Files.isRegularFile(copy) || !WholeFile.read(copy).equals(text)) {
        kept.add(copy.getFileName().toString());
      }
    }
    String said = "%s examples copied to %s".formatted(copied, into);
    return kept.isEmpty()
        ? said
        : "%s; kept, since you changed them or the examples are newer: %s"
            .formatted(said, String.join(", ", kept));
  }

  private List<Path> examples() {
    try (Stream<Path> inside = Files.list(from)) {
      return inside.filter(file -> file.getFileName().toString().matches(FORM)).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
