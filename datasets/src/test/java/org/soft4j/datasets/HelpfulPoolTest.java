package org.soft4j.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class HelpfulPoolTest {
  private static final int WORDS = 8;

  @Test
  void holdsAtLeast48DemonstrationsOverAtLeast8Kinds() {
    List<Demonstration> pool = HelpfulPool.demonstrations();
    assertTrue(pool.size() >= 48);
    assertTrue(pool.stream().map(Demonstration::type).distinct().count() >= 8);
    assertEquals(pool.size(), pool.stream().map(Demonstration::id).distinct().count());
    assertTrue(pool.stream().anyMatch(row -> row.type().equals("trick question")));
    assertTrue(HelpfulPool.header().endsWith("."));
  }

  @Test
  void validationIsDisjointFromThePool() {
    List<Demonstration> validation = HelpfulPool.validation();
    assertTrue(validation.size() >= 24);
    Set<List<String>> grams = new HashSet<>();
    HelpfulPool.demonstrations().forEach(row -> grams.addAll(grams(row.prompt())));
    Set<String> prompts = new HashSet<>();
    HelpfulPool.demonstrations().forEach(row -> prompts.add(row.prompt()));
    for (Demonstration row : validation) {
      assertFalse(prompts.contains(row.prompt()), row.id());
      assertTrue(grams(row.prompt()).stream().noneMatch(grams::contains), row.id());
    }
  }

  @Test
  void sharesNothingWithTheBenchmarks() throws IOException {
    Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
    Assumptions.assumeTrue(
        Files.isDirectory(data.resolve("truthfulqa")), "SOFT4J_DATA holds no benchmark sets");
    Set<List<String>> benchmarks = new HashSet<>();
    for (String set : List.of("truthfulqa", "hhh", "fastchat", "alpaca_eval")) {
      try (Stream<Path> files = Files.walk(data.resolve(set))) {
        for (Path file : files.filter(f -> f.toString().matches(".*\\.jsonl?")).toList()) {
          collect(file, benchmarks);
        }
      }
    }
    assertTrue(benchmarks.size() > 10_000);
    List<Demonstration> rows = new ArrayList<>(HelpfulPool.demonstrations());
    rows.addAll(HelpfulPool.validation());
    for (Demonstration row : rows) {
      for (String text : List.of(row.prompt(), row.response())) {
        assertFalse(benchmarks.contains(words(text)), row.id());
        assertTrue(grams(text).stream().noneMatch(benchmarks::contains), row.id());
      }
    }
  }

  private static void collect(Path file, Set<List<String>> into) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      while (values.hasNext()) {
        collect(values.next(), into);
      }
    }
  }

  private static void collect(JsonNode node, Set<List<String>> into) {
    if (node.isTextual()) {
      addText(node.asText(), into);
    }
    node.properties().forEach(field -> addText(field.getKey(), into));
    node.forEach(child -> collect(child, into));
  }

  private static void addText(String text, Set<List<String>> into) {
    List<String> words = words(text);
    if (words.size() < WORDS) {
      into.add(words);
    } else {
      into.addAll(grams(text));
    }
  }

  private static Set<List<String>> grams(String text) {
    List<String> words = words(text);
    Set<List<String>> grams = new HashSet<>();
    for (int i = 0; i + WORDS <= words.size(); i++) {
      grams.add(List.copyOf(words.subList(i, i + WORDS)));
    }
    return grams;
  }

  private static List<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
