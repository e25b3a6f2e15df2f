package org.soft4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.soft4j.datasets.catalogue.Conversion;
import org.soft4j.datasets.catalogue.NamedSet;
import org.soft4j.datasets.catalogue.SetFile;
import org.soft4j.datasets.catalogue.SetFolder;
import org.soft4j.datasets.catalogue.SetRows;
import org.soft4j.table.TextTable;

/** Sets in words. */
final class SetCards {
  private static final int MOST_LETTERS = 300;
  private static final long KILOBYTE = 1000;

  private SetCards() {}

  /** What one wants to know before a download. */
  static List<String> head(NamedSet set) {
    List<String> lines = new ArrayList<>();
    lines.add("set      " + set.name() + ": " + set.title());
    lines.add("licence  " + set.licence() + ", " + set.home());
    lines.add("size     " + (set.pinned() ? "" : "about ") + kilobytes(set) + " kB");
    for (SetFile file : set.files()) {
      lines.add("from     " + file.address());
    }
    lines.add(
        "digests  "
            + (set.pinned()
                ? "pinned: what arrives is checked against them"
                : "unpinned where nobody here has seen the file, so that it cannot be checked"));
    if (!set.note().isEmpty()) {
      lines.add("note     " + set.note());
    }
    return lines;
  }

  /** All that the catalogue knows. */
  static List<String> card(NamedSet set) {
    List<String> lines = new ArrayList<>(head(set));
    for (SetFile file : set.files()) {
      lines.add("");
      lines.add("file     " + file.place());
      lines.add("rows     " + file.rows());
      lines.add("bytes    " + (file.sha256().isPresent() ? "" : "about ") + file.bytes());
      lines.add("sha256   " + file.sha256().orElse("unpinned"));
      file.conversion()
          .map(Conversion::form)
          .ifPresent(form -> lines.add("prompts  " + form.words()));
    }
    return lines;
  }

  /** The first rows of every file that is here, as JSON. */
  static List<String> rows(NamedSet set, SetFolder folder, int count) {
    List<String> lines = new ArrayList<>();
    for (SetFile file : set.files()) {
      Path here = file.in(folder.path());
      lines.add("");
      if (Files.isRegularFile(here)) {
        lines.add(here + ":");
        SetRows.of(here).rows().stream()
            .limit(Math.max(0, count))
            .forEach(row -> lines.add(shortened(row.toString())));
      } else {
        lines.add(here + " is not here; ./soft4j datasets fetch " + set.name());
      }
    }
    return lines;
  }

  static String table(List<SetFolder.Check> checks) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("file", "verdict", "rows"));
    for (SetFolder.Check check : checks) {
      String expected = check.allRows() ? "" : " of " + check.file().rows();
      lines.add(List.of(check.file().place(), check.verdict().words(), check.rows() + expected));
    }
    return TextTable.of(lines, 2);
  }

  /** Nothing is known against a file, its rows included. */
  static boolean good(SetFolder.Check check) {
    return check.verdict().good() && check.allRows();
  }

  static String kilobytes(NamedSet set) {
    return String.format(
        Locale.ROOT, "%,d", Math.max(1, Math.round(set.bytes() / (double) KILOBYTE)));
  }

  /** Rows are other people's text: no control character of theirs reaches the terminal. */
  private static String shortened(String row) {
    String printable = row.replaceAll("\\p{Cc}", "\ufffd");
    return printable.length() > MOST_LETTERS
        ? printable.substring(0, MOST_LETTERS) + "…"
        : printable;
  }
}
