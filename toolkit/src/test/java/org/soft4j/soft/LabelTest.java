package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.Generation.Finish;
import org.soft4j.run.Json;

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
}
