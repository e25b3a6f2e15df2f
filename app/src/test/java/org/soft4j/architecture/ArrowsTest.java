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
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The arrows notebooks/support -> app -> benchmarks -> eval -> toolkit/soft -> toolkit/lm ->
 * datasets -> toolkit/core, read from sources. The measurements of benchmarks/speed stand on all of
 * them, and nothing stands on those.
 */
class ArrowsTest {
  private static final List<String> MODULES =
      List.of(
          "toolkit/core",
          "datasets",
          "toolkit/lm",
          "toolkit/soft",
          "eval",
          "benchmarks",
          "app",
          "notebooks/support",
          "benchmarks/speed");
  private static final Pattern NAME = Pattern.compile("\\borg\\.soft4j(\\.[a-z][a-z0-9]*)*");

  private final Path root = Path.of("").toAbsolutePath().getParent();

  /** A source file and a package of soft4j that it names. */
  private record Arrow(String module, String from, String to, Path file) {}

  @Test
  void everyPackageLivesInOneModule() throws IOException {
    Map<String, String> homes = homes();
    assertTrue(homes.containsKey("org.soft4j.lm") && homes.containsKey("org.soft4j.eval"));
  }

  @Test
  void noModuleNamesAPackageOfAModuleAboveIt() throws IOException {
    Map<String, String> homes = homes();
    List<String> wrong = new ArrayList<>();
    for (Arrow arrow : arrows()) {
      String home = homes.get(arrow.to);
      if (home != null && MODULES.indexOf(home) > MODULES.indexOf(arrow.module)) {
        wrong.add(root.relativize(arrow.file) + " names " + arrow.to);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void languageModelsKnowNothingOfSoft() throws IOException {
    none((from, to) -> within(from, "org.soft4j.lm") && within(to, "org.soft4j.soft"));
  }

  @Test
  void onlyTheCommandLineKnowsTheCommandLine() throws IOException {
    none((from, to) -> !within(from, "org.soft4j.cli") && within(to, "org.soft4j.cli"));
  }

  @Test
  void onlyNotebookSupportKnowsJupyter() throws IOException {
    for (String module : MODULES) {
      for (Path file : module.equals("notebooks/support") ? List.<Path>of() : sources(module)) {
        assertTrue(!Files.readString(file).contains("org.dflib.jjava"), file.toString());
      }
    }
  }

  private void none(BiPredicate<String, String> forbidden) throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Arrow arrow : arrows()) {
      if (forbidden.test(arrow.from, arrow.to)) {
        wrong.add(root.relativize(arrow.file) + " names " + arrow.to);
      }
    }
    assertEquals(Set.of(), wrong);
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }

  private Map<String, String> homes() throws IOException {
    Map<String, String> homes = new TreeMap<>();
    for (String module : MODULES) {
      for (Path file : sources(module)) {
        String before = homes.put(packageOf(module, file), module);
        assertTrue(before == null || before.equals(module), file + " splits a package");
      }
    }
    return homes;
  }

  private List<Arrow> arrows() throws IOException {
    List<Arrow> arrows = new ArrayList<>();
    for (String module : MODULES) {
      for (Path file : sources(module)) {
        Matcher names = NAME.matcher(Files.readString(file));
        while (names.find()) {
          arrows.add(new Arrow(module, packageOf(module, file), names.group(), file));
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
