package org.soft4j.lm.catalogue;

import java.net.URI;
import java.util.Optional;

/**
 * A file to be downloaded.
 *
 * @param name in the model's folder; no path
 * @param address where it is fetched from
 * @param approximateBytes for people; the server says the true size
 * @param sha256 lower-case hex where someone of this project has seen the file; empty means
 *     unpinned
 */
public record RemoteFile(String name, URI address, long approximateBytes, Optional<String> sha256) {
  /** Refuses a name that could leave the folder. */
  public RemoteFile {
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
  }
}
