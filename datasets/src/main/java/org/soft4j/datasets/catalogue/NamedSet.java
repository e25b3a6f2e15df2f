package org.soft4j.datasets.catalogue;

import java.util.List;

/**
 * A set that soft4j knows by name.
 *
 * @param name what is typed after {@code datasets fetch}
 * @param title what it is, for people
 * @param licence SPDX identifier, as its makers state it
 * @param home page of its makers
 * @param note what to know before use; empty where nothing
 * @param files at least one
 */
public record NamedSet(
    String name, String title, String licence, String home, String note, List<SetFile> files) {
  public NamedSet {
    files = List.copyOf(files);
  }

  /** Bytes to be downloaded for the whole set, roughly where it is not pinned. */
  public long bytes() {
    return files.stream().mapToLong(SetFile::bytes).sum();
  }

  /** Whether every file's digest is known beforehand. */
  public boolean pinned() {
    return files.stream().allMatch(file -> file.sha256().isPresent());
  }

  /** Rows of each file. */
  public List<Integer> rows() {
    return files.stream().map(SetFile::rows).toList();
  }
}
