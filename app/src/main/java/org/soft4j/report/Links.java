package org.soft4j.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses of files beside a page. */
final class Links {
  private Links() {}

  /** A relative address; whatever the names hold, it leads to no scheme and no host. */
  static String to(String path) {
    // Not URI, which would also compose letters and accents, so that a file is not found.
    return Stream.of(path.split("/"))
        .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/", "./", ""));
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
