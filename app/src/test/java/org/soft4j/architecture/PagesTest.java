package org.soft4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What these pages name in the tree is there. */
class PagesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String ARCHITECTURE = "docs/architecture.md";
  private static final String SECURITY = "docs/security.md";

  /** Words in code that look like names of our classes and are Maven's. Capitals are constants. */
  private static final Set<String> OTHERS = Set.of("Skipped");

  private final Map<String, String> sources = sources();

  @ParameterizedTest
  @ValueSource(strings = {ARCHITECTURE, SECURITY, "CONTRIBUTING.md"})
  void everyClassAndMethodNamedExists(String page) throws IOException {
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (MatchResult name : inCode(page, "([A-Z]\\w+)(?:[.#](\\w+))?")) {
      if (!OTHERS.contains(name.group(1)) && !name.group(1).matches("[A-Z_0-9]+")) {
        seen++;
        String source = sources.getOrDefault(name.group(1), "");
        if (source.isEmpty() || name.group(2) != null && !source.contains(name.group(2))) {
          missing.add(name.group());
        }
      }
    }
    assertEquals(Set.of(), missing);
    int least = page.equals(ARCHITECTURE) ? 60 : 10;
    assertTrue(seen > least, "classes named in " + page + ": " + seen);
  }

  @ParameterizedTest
  @ValueSource(strings = {ARCHITECTURE, SECURITY, "CONTRIBUTING.md", "README.md"})
  void everyFileAndFolderNamedExists(String page) throws IOException {
    Path folder = ROOT.resolve(page).getParent();
    Set<String> missing = new TreeSet<>();
    for (MatchResult path : inCode(page, "((?:\\./)?[\\w.-]+(?:/[\\w.-]+)+/?)")) {
      boolean ours =
          Files.exists(ROOT.resolve(path.group(1).replaceFirst("^\\./", "").split("/")[0]));
      // What a build makes is there after it.
      boolean made = path.group(1).startsWith("target/");
      if (ours && !made && !Files.exists(ROOT.resolve(path.group(1)))) {
        missing.add(path.group());
      }
    }
    for (MatchResult link : found(page, "\\]\\(([^)#:]+)(?:#[^)]*)?\\)")) {
      if (!Files.exists(folder.resolve(link.group(1)))) {
        missing.add(link.group());
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyTorchScriptFileNamedExists() throws IOException {
    Path folder = ROOT.resolve("toolkit/lm/src/main/torchscript");
    List<MatchResult> named = inCode(ARCHITECTURE, "(\\w+\\.py)");
    for (MatchResult file : named) {
      assertTrue(Files.exists(folder.resolve(file.group(1))), file.group());
    }
    assertTrue(named.size() > 5, "files named: " + named.size());
  }

  /** A package that the page does not name is one that nobody is told what may live in. */
  @Test
  void everyPackageStandsInTheTables() throws IOException {
    Set<String> missing = new TreeSet<>();
    Set<String> named =
        inCode(ARCHITECTURE, "([a-z][\\w.]*)").stream()
            .map(word -> word.group(1))
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.contains("src/main/java/org/soft4j/"))
          .map(file -> file.replaceFirst(".*/org/soft4j/", "").replace("/package-info.java", ""))
          .map(name -> name.replace('/', '.'))
          .filter(name -> !named.contains(name) && !named.contains(name.replaceFirst(".*\\.", "")))
          .forEach(missing::add);
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyPackageSaysWhatLivesInIt() throws IOException {
    Set<String> silent = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.contains("src/main/java/") && file.endsWith(".java"))
          .map(file -> file.substring(0, file.lastIndexOf('/')))
          .filter(folder -> !Files.exists(ROOT.resolve(folder).resolve("package-info.java")))
          .forEach(silent::add);
    }
    assertEquals(Set.of(), silent);
  }

  @ParameterizedTest
  @ValueSource(strings = {ARCHITECTURE, SECURITY, "CONTRIBUTING.md", "README.md"})
  void linesOfProseAreAtMost110Characters(String page) throws IOException {
    boolean fenced = false;
    Set<String> longer = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve(page))) {
      fenced ^= line.startsWith("```");
      if (!fenced && !line.startsWith("|") && line.codePointCount(0, line.length()) > 110) {
        longer.add(line);
      }
    }
    assertEquals(Set.of(), longer);
  }

  /** What stands alone between two backticks and has this form. */
  private static List<MatchResult> inCode(String page, String form) throws IOException {
    return found(page, "(?<!`)`" + form + "`");
  }

  private static List<MatchResult> found(String page, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .toList();
  }

  /** Sources, of tests too, by class name; those of one name are put together. */
  private static Map<String, String> sources() {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        sources.merge(name, Files.readString(file), String::concat);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return sources;
  }
}
