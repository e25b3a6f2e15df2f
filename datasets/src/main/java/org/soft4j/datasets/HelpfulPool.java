package org.soft4j.datasets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The ICL pool for real models that comes with soft4j: demonstrations of our own writing over 14
 * kinds of task. Where they come from stands in PROVENANCE.md beside the files.
 */
public final class HelpfulPool {
  private HelpfulPool() {}

  /** 61 demonstrations. */
  public static List<Demonstration> demonstrations() {
    return rows("pools/helpful.jsonl");
  }

  /** A header that may stand before the demonstrations. */
  public static String header() {
    return text("pools/helpful-header.txt").strip();
  }

  /** 26 prompts with reference responses, none of them in the pool. */
  public static List<Demonstration> validation() {
    return rows("pools/helpful-validation.jsonl");
  }

  private static List<Demonstration> rows(String resource) {
    return text(resource).lines().map(HelpfulPool::row).toList();
  }

  private static Demonstration row(String line) {
    try {
      JsonNode row = new ObjectMapper().readTree(line);
      return new Demonstration(
          row.path("id").asText(),
          row.path("type").asText(),
          row.path("prompt").asText(),
          row.path("response").asText());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String resource) {
    try (InputStream input = HelpfulPool.class.getResourceAsStream(resource)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
