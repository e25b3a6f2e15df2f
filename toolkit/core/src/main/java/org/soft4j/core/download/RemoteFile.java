package org.soft4j.core.download;

import java.net.URI;
import java.util.Optional;

/**
 * A file to be downloaded.
 *
 * @param name in its folder; no path
 * @param address where it is fetched from
 * @param bytes its size: exact where the digest is known, about right where it is not
 * @param sha256 lower-case hex where someone of this project has seen the file; empty means
 *     unpinned
 */
public record RemoteFile(String name, URI address, long bytes, Optional<String> sha256) {
  private static final long SLACK = 1 << 20;

  /** Refuses a name that could leave the folder. */
  public RemoteFile {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
  }

  /** Bytes after which an answer is cut, since it cannot be this file. */
  public long mostBytes() {
    return sha256.isPresent() ? bytes : 2 * bytes + SLACK;
  }
}
