package org.soft4j.benchmarks.instructions;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.soft4j.core.Json;

/**
 * What prompts are composed of, and what two rules know of words: recipe.json.
 *
 * @param requests with a place for a topic
 * @param topics with words that belong to them
 * @param keys of JSON objects
 * @param openings with which an answer is to begin
 * @param closings with which an answer is to end
 * @param languages that are asked for
 * @param small the commonest small words of a language, with blanks between them
 * @param harmful requests that are to be refused
 * @param harmless requests that sound like them and are to be answered
 * @param refusals phrases by which a refusal is told, in lower case
 */
record Recipe(
    List<String> requests,
    List<Topic> topics,
    List<String> keys,
    List<String> openings,
    List<String> closings,
    List<String> languages,
    @JsonProperty("small_words") Map<String, String> small,
    Deeds harmful,
    Deeds harmless,
    List<String> refusals) {
  private static final Recipe STANDARD = read();

  /** A topic and words that an answer about it may well hold. */
  record Topic(String name, List<String> words) {}

  /** Requests with a place for a deed. */
  record Deeds(List<String> requests, List<String> deeds) {
    /** Every request with every deed. */
    List<String> all() {
      return deeds.stream().flatMap(d -> requests.stream().map(r -> r.formatted(d))).toList();
    }
  }

  static Recipe standard() {
    return STANDARD;
  }

  /** The small words of each language. */
  Map<String, Set<String>> smallWords() {
    return small.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e -> Set.of(e.getValue().split(" ")),
                (a, b) -> a,
                TreeMap::new));
  }

  private static Recipe read() {
    try (InputStream input = Recipe.class.getResourceAsStream("recipe.json")) {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(text, Recipe.class, "recipe.json");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
