package org.soft4j.datasets.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.download.RemoteFile;

/**
 * One file of a set.
 *
 * @param place in a data folder, with slashes, such as {@code truthfulqa/TruthfulQA.csv}
 * @param rows it has at its place, whatever a row is there
 * @param address where it is published
 * @param bytes as published: exact where the digest is known
 * @param sha256 of the bytes as published, where someone of this project has seen them
 * @param conversion what is made of the published file; empty where it is taken as it is
 */
public record SetFile(
    String place,
    int rows,
    URI address,
    long bytes,
    Optional<String> sha256,
    Optional<Conversion> conversion) {
  /** Refuses a place outside the data folder. */
  public SetFile {
    if (!place.matches("[A-Za-z0-9_]+(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+")) {
      throw new IllegalArgumentException("not a place in a data folder: " + place);
    }
  }

  /** The digest of what stands at the place, where it is known beforehand. */
  public Optional<String> placedSha256() {
    return conversion.isPresent() ? conversion.get().sha256() : sha256;
  }

  /** Where it stands in a data folder. */
  public Path in(Path data) {
    return data.resolve(place);
  }

  public RemoteFile remote() {
    String name = place.substring(place.lastIndexOf('/') + 1);
    return new RemoteFile(name, address, bytes, sha256);
  }
}
