package org.soft4j.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.soft4j.core.Json;

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
    return Json.readLines(text(resource), Demonstration.class, resource);
  }

  private static String text(String resource) {
    try (InputStream input = HelpfulPool.class.getResourceAsStream(resource)) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
