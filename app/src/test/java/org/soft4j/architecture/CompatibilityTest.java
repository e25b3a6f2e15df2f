package org.soft4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/compatibility.md promises tests, and leads to scripts: both are there. */
class CompatibilityTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everyTestThatThePageNamesExists() throws IOException {
    Map<String, String> tests = testSources();
    List<String> missing = new ArrayList<>();
    List<MatchResult> named = named("`(\\w+Test)\\.(\\w+)`");
    for (MatchResult test : named) {
      String source = tests.getOrDefault(test.group(1), "");
      if (!source.contains(" " + test.group(2) + "(")) {
        missing.add(test.group());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(named.size() > 50, () -> "tests named: " + named.size());
  }

  @Test
  void everyScriptThatThePageLeadsToExistsAndEveryScriptSaysWhatToExpect() throws IOException {
    for (MatchResult script : named("\\.\\./findings/(\\S+?\\.(sh|md))\\)")) {
      assertTrue(Files.exists(ROOT.resolve("findings").resolve(script.group(1))), script.group());
    }
    try (Stream<Path> inside = Files.list(ROOT.resolve("findings"))) {
      for (Path script : inside.filter(file -> file.toString().endsWith(".sh")).toList()) {
        String text = Files.readString(script);
        for (String part : List.of("# A good guess: ", "# What happens: ", "# Seen", "mktemp -d")) {
          assertTrue(text.contains(part), script + " without \"" + part + "\"");
        }
      }
    }
  }

  private static List<MatchResult> named(String pattern) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/compatibility.md"));
    return Pattern.compile(pattern).matcher(page).results().toList();
  }

  /** Sources by class name. */
  private static Map<String, String> testSources() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  CompatibilityTest::text,
                  String::concat));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
