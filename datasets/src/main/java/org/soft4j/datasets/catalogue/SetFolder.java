package org.soft4j.datasets.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.Sha256;
import org.soft4j.core.download.Receipt;

/**
 * A data folder: the cache of fetched sets, or one that people filled by hand.
 *
 * @param path of the folder; need not exist
 */
public record SetFolder(Path path) {
  /** How much of a set stands in the folder. */
  public enum Presence {
    /** Every file. */
    HERE("here"),
    /** Some files. */
    PARTLY("partly"),
    /** No file. */
    MISSING("no");

    private final String word;

    Presence(String word) {
      this.word = word;
    }

    /** For a listing. */
    public String word() {
      return word;
    }
  }

  /** What a check of one file came to. */
  public enum Verdict {
    /** The digest is the catalogue's. */
    PINNED("as in the catalogue", true),
    /** The digest is the one it had when it was fetched; the catalogue has none. */
    FETCHED("as fetched (unpinned)", true),
    /** There is nothing to compare with. */
    UNKNOWN("cannot be checked: unpinned, and not fetched by soft4j", true),
    /** The digest is another. */
    CHANGED("not the catalogue's bytes", false),
    /** The file is not there. */
    MISSING("missing", false);

    private final String words;
    private final boolean good;

    Verdict(String words, boolean good) {
      this.words = words;
      this.good = good;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** Whether nothing is known against the file. */
    public boolean good() {
      return good;
    }
  }

  /**
   * One checked file.
   *
   * @param file of the catalogue
   * @param verdict on its bytes
   * @param rows it holds; 0 where it is missing
   */
  public record Check(SetFile file, Verdict verdict, int rows) {
    /** Whether it holds as many rows as the catalogue says. */
    public boolean allRows() {
      return rows == file.rows();
    }
  }

  /** How much of a set is here; looks at names alone. */
  public Presence presence(NamedSet set) {
    long here = set.files().stream().filter(file -> Files.isRegularFile(file.in(path))).count();
    if (here == set.files().size()) {
      return Presence.HERE;
    }
    return here > 0 ? Presence.PARTLY : Presence.MISSING;
  }

  /** Digests every file of a set and counts its rows. */
  public List<Check> verify(NamedSet set) {
    return set.files().stream().map(this::check).toList();
  }

  private Check check(SetFile file) {
    Verdict verdict = verdict(file);
    boolean readable = verdict != Verdict.MISSING;
    return new Check(file, verdict, readable ? SetRows.of(file.in(path)).rows().size() : 0);
  }

  /** What is known of a file's bytes. */
  Verdict verdict(SetFile file) {
    Path here = file.in(path);
    if (!Files.isRegularFile(here)) {
      return Verdict.MISSING;
    }
    Optional<String> noted = Receipt.read(path).map(Receipt::sha256).map(m -> m.get(file.place()));
    Optional<String> expected = file.placedSha256().or(() -> noted);
    if (expected.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    if (!Sha256.of(here).equals(expected.get())) {
      return Verdict.CHANGED;
    }
    return file.placedSha256().isPresent() ? Verdict.PINNED : Verdict.FETCHED;
  }
}
