package org.soft4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The floors of the house and the packages on each, read from sources. Code names what lies on its
 * own module's floor or below, never what is above, and never another module of its floor.
 */
class ArrowsTest {
  /** A module, its floor, and the packages that may live in it. */
  private record Floor(int height, String module, String... packages) {}

  private static final List<Floor> HOUSE =
      List.of(
          new Floor(0, "toolkit/core", "core"),
          new Floor(1, "datasets", "datasets"),
          new Floor(2, "toolkit/lm", "lm"),
          new Floor(3, "eval", "eval", "table"),
          new Floor(4, "toolkit/soft", "soft", "plot"),
          new Floor(4, "benchmarks", "benchmarks"),
          new Floor(
              5,
              "app",
              "cli",
              "lab",
              "study",
              "run",
              "evaluation",
              "judging",
              "stages",
              "report",
              "compare",
              "plugin",
              "console",
              "track",
              "settings"),
          new Floor(6, "cluster", "cluster"),
          new Floor(6, "notebooks/support", "notebooks"),
          new Floor(6, "benchmarks/speed", "speed"));

  private static final Pattern NAME = Pattern.compile("\\borg\\.soft4j(\\.[a-z][a-z0-9]*)*");

  private final Path root = Path.of("").toAbsolutePath().getParent();

  /** A source file and a package of soft4j that it names. */
  private record Arrow(Floor from, String to, Path file) {}

  @Test
  void everyPackageLivesWhereTheHouseHasIt() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Floor floor : HOUSE) {
      for (Path file : sources(floor.module)) {
        String name = packageOf(floor.module, file);
        if (Stream.of(floor.packages).noneMatch(p -> within(name, "org.soft4j." + p))) {
          wrong.add(floor.module + " holds " + name);
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void arrowsPointDown() throws IOException {
    Set<String> wrong = new TreeSet<>();
    int seen = 0;
    for (Arrow arrow : arrows()) {
      for (Floor home : HOUSE) {
        if (Stream.of(home.packages).anyMatch(p -> within(arrow.to, "org.soft4j." + p))) {
          seen++;
          if (home.height > arrow.from.height
              || home.height == arrow.from.height && home != arrow.from) {
            wrong.add(root.relativize(arrow.file) + " names " + arrow.to);
          }
        }
      }
    }
    assertEquals(Set.of(), wrong);
    assertTrue(seen > 1000, "names of packages seen: " + seen);
  }

  /** Packages that need each other are one package in two folders. */
  @Test
  void noPackagesStandInACircle() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    for (Floor floor : HOUSE) {
      for (Path file : sources(floor.module)) {
        named.computeIfAbsent(packageOf(floor.module, file), key -> new TreeSet<>());
      }
    }
    for (Arrow arrow : arrows()) {
      String from = packageOf(arrow.from.module, arrow.file);
      if (named.containsKey(arrow.to) && !arrow.to.equals(from)) {
        named.get(from).add(arrow.to);
      }
    }
    Set<String> circles = new TreeSet<>();
    for (String start : named.keySet()) {
      if (reached(start, named).contains(start)) {
        circles.add(start);
      }
    }
    assertEquals(Set.of(), circles);
  }

  private static Set<String> reached(String start, Map<String, Set<String>> named) {
    Set<String> reached = new TreeSet<>();
    List<String> open = new ArrayList<>(named.get(start));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (reached.add(next)) {
        open.addAll(named.get(next));
      }
    }
    return reached;
  }

  @Test
  void onlyTheCommandLineKnowsTheCommandLine() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Arrow arrow : arrows()) {
      boolean inside = within(packageOf(arrow.from.module, arrow.file), "org.soft4j.cli");
      if (!inside && within(arrow.to, "org.soft4j.cli")) {
        wrong.add(root.relativize(arrow.file) + " names " + arrow.to);
      }
    }
    assertEquals(Set.of(), wrong);
  }

  /** A second channel of a locked file gives the lock up when it is closed, so there is none. */
  @Test
  void onlyOneClassOpensLockFiles() throws IOException {
    Pattern lock = Pattern.compile("\\.(try)?[lL]ock\\(|FileLock\\b|\"[^\"\n]*\\.lock\\b");
    Set<String> found = new TreeSet<>();
    for (Floor floor : HOUSE) {
      for (Path file : sources(floor.module)) {
        if (lock.matcher(Files.readString(file)).find()) {
          found.add(file.getFileName().toString());
        }
      }
    }
    // The one that opens them, and the one that knows their names.
    assertEquals(Set.of("LockFile.java", "ProcessLock.java"), found);
  }

  /** Temporary files have a place and a way out: ScratchFolder, or WholeFile's beside the file. */
  @Test
  void temporaryFilesAreMadeInOnePlace() throws IOException {
    Set<String> found = new TreeSet<>();
    for (Floor floor : HOUSE) {
      for (Path file : sources(floor.module)) {
        if (Files.readString(file)
            .matches("(?s).*(createTemp(File|Directory)|deleteOnExit)\\(.*")) {
          found.add(file.getFileName().toString());
        }
      }
    }
    // Deleted at once, to try whether a file can be made; and below the locked folder of a study.
    assertEquals(Set.of("CellRunner.java", "OutputLines.java"), found);
  }

  @Test
  void onlyNotebookSupportKnowsJupyter() throws IOException {
    for (Floor floor : HOUSE) {
      if (!floor.module.equals("notebooks/support")) {
        for (Path file : sources(floor.module)) {
          assertTrue(!Files.readString(file).contains("org.dflib.jjava"), file.toString());
        }
      }
    }
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private List<Arrow> arrows() throws IOException {
    List<Arrow> arrows = new ArrayList<>();
    for (Floor floor : HOUSE) {
      for (Path file : sources(floor.module)) {
        Matcher names = NAME.matcher(Files.readString(file));
        while (names.find()) {
          arrows.add(new Arrow(floor, names.group(), file));
        }
      }
    }
    return arrows;
  }

  private String packageOf(String module, Path file) {
    Path folder = root.resolve(module).resolve("src/main/java").relativize(file.getParent());
    return folder.toString().replace(File.separatorChar, '.');
  }

  private List<Path> sources(String module) throws IOException {
    Path folder = root.resolve(module).resolve("src/main/java");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
