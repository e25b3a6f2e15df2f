package org.soft4j.speed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.soft4j.core.Json;

/**
 * How far two sides' greedy labels are the same text. Rounding decides ties between tokens of
 * nearly equal probability, and from there on the texts differ; so long equal beginnings are what
 * equal mathematics gives, not equal texts throughout.
 *
 * @param compared labels of the same prompts
 * @param equal of them the same throughout
 * @param shared mean share of the text before the first difference
 */
record Agreement(int compared, int equal, double shared) {
  static Agreement of(Path one, Path other) {
    Map<String, String> first = texts(one);
    Map<String, String> second = texts(other);
    int compared = 0;
    int equal = 0;
    double shared = 0;
    for (Map.Entry<String, String> entry : first.entrySet()) {
      String text = second.get(entry.getKey());
      if (text != null) {
        compared++;
        equal += text.equals(entry.getValue()) ? 1 : 0;
        shared += shared(entry.getValue(), text);
      }
    }
    return new Agreement(compared, equal, compared == 0 ? 0 : shared / compared);
  }

  static double shared(String one, String other) {
    int longest = Math.max(one.length(), other.length());
    int same = 0;
    while (same < Math.min(one.length(), other.length())
        && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return longest == 0 ? 1 : (double) same / longest;
  }

  String words() {
    return String.format(
        Locale.ROOT,
        "%d of %d labels are the same text; on average the first %.0f %% of a label are",
        equal,
        compared,
        100 * shared);
  }

  private static Map<String, String> texts(Path file) {
    Map<String, String> texts = new HashMap<>();
    for (JsonNode line : Json.readLines(file, JsonNode.class)) {
      texts.put(line.path("id").asText(), line.path("text").asText());
    }
    return texts;
  }
}
