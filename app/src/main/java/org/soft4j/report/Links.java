package org.soft4j.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Addresses of files beside a page. */
final class Links {
  private Links() {}

  /** A relative address; whatever the names hold, it leads to no scheme and no host. */
  static String to(String path) {
    try {
      return new URI(null, null, "./" + path, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalArgumentException(path, impossible);
    }
  }

  /** The way from a page's folder to a file; an address of its own where they share no root. */
  static String from(Path folder, Path file) {
    Path there = file.toAbsolutePath().normalize();
    Path here = folder.toAbsolutePath().normalize();
    return there.getRoot().equals(here.getRoot())
        ? to(here.relativize(there).toString().replace('\\', '/'))
        : there.toUri().toASCIIString();
  }
}
