package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.soft4j.core.WholeFile;

/**
 * The Python packages that notebooks need.
 *
 * @param file with a {@code name==version} a line
 * @param versions by name
 */
record Requirements(Path file, Map<String, String> versions) {
  /** A kernel's own protocol changes between pre-releases, so that it must be this very one. */
  private static final String KERNEL = "jjava";

  static Requirements read(Path file) {
    Map<String, String> versions = new TreeMap<>();
    WholeFile.read(file)
        .lines()
        .filter(line -> line.contains("=="))
        .forEach(line -> versions.put(line.split("==")[0].strip(), line.split("==")[1].strip()));
    return new Requirements(file, versions);
  }

  /**
   * What is missing or of another version.
   *
   * @param installed versions by name; the first number must agree, for the kernel all of it
   */
  List<String> missing(Map<String, String> installed) {
    List<String> missing = new ArrayList<>();
    versions.forEach(
        (name, wanted) -> {
          String there = installed.getOrDefault(name, "");
          boolean fits =
              name.equals(KERNEL) ? there.equals(wanted) : major(there).equals(major(wanted));
          if (!fits) {
            missing.add(there.isEmpty() ? name : name + " " + wanted + " (found " + there + ")");
          }
        });
    return missing;
  }

  private static String major(String version) {
    return version.split("\\.")[0];
  }
}
