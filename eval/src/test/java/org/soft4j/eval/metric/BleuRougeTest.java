package org.soft4j.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * 157 pairs of texts with the values of sacrebleu 2.6.0 and rouge_score 0.1.2, made by
 * tools/golden/overlap_vectors.py: words, numbers, punctuation, other scripts, odd white space.
 */
class BleuRougeTest {
  @Test
  void everyMeasureEqualsThePythonPackages() throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(BleuRougeTest.class.getResourceAsStream("overlap.json"));
    assertEquals(157, rows.size());
    for (JsonNode row : rows) {
      String text = row.path("text").asText();
      String reference = row.path("reference").asText();
      String pair = "\"" + text + "\" against \"" + reference + "\"";
      assertEquals(row.path("bleu").asDouble(), Bleu.of(text, reference), 1e-9, pair);
      assertEquals(row.path("rouge1").asDouble(), Rouge.n(text, reference, 1), 1e-9, pair);
      assertEquals(row.path("rouge2").asDouble(), Rouge.n(text, reference, 2), 1e-9, pair);
      assertEquals(row.path("rougeLsum").asDouble(), Rouge.lsum(text, reference), 1e-9, pair);
    }
  }
}
