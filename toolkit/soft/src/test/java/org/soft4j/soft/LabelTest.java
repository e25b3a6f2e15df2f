package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;
import org.soft4j.lm.Generation.Finish;

/** A line of labels.jsonl: TRL's names in it, and lines of earlier versions. */
class LabelTest {
  private static final String OLD =
      "{\"prompt_id\":\"p1\",\"type\":\"\",\"prompt\":\"2 + 2?\",\"demonstrations\":[\"d\"],"
          + "\"response\":\"4\",\"tokens\":2,\"finish\":\"stop_token\",\"perplexity\":1.5,"
          + "\"entropy\":0.5,\"seed\":7";
  private static final Label LABEL =
      new Label("p1", "", "2 + 2?", List.of("d"), "4", 2, Finish.STOP_TOKEN, 1.5, 0.5, 7);

  @Test
  void holdsWhatTrlReads() {
    // SFTTrainer of trl 1.16 takes a row's "prompt" and "completion", and passes over the rest.
    assertEquals(OLD + ",\"completion\":\"4\"}", Json.line(LABEL));
  }

  @Test
  void isReadWithAndWithoutThem() {
    assertEquals(LABEL, Json.read(Json.line(LABEL), Label.class, "labels.jsonl"));
    assertEquals(LABEL, Json.read(OLD + "}", Label.class, "labels.jsonl"));
  }

  /** A label for which the prompt left no room; earlier versions wrote "NaN". */
  @Test
  void withoutTokensHasNoPerplexity() {
    Label label =
        new Label("1", "", "p", List.of(), "", 0, Finish.LENGTH, Double.NaN, Double.NaN, 7);
    String line = Json.line(label);
    assertTrue(line.contains("\"perplexity\":null,\"entropy\":null"), line);
    assertEquals(label, Json.read(line, Label.class, "labels.jsonl"));
    assertEquals(label, Json.read(line.replace("null", "\"NaN\""), Label.class, "labels.jsonl"));
  }
}
