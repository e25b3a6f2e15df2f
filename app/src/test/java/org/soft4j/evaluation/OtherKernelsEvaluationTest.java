package org.soft4j.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.Resolved;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.settings.Settings;

/** An evaluation says which code computed it, and tells where other kernels go on with it. */
class OtherKernelsEvaluationTest {
  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  private void evaluate(Cancellation cancel) {
    Map<String, String> values =
        Map.of(
            "model.name", "micro-1",
            "model.threads", "1",
            "data.tasks", "micro_truth",
            "data.shots", "0",
            "data.limit", "12",
            "eval.scores_per_chunk", "4");
    Progress telling =
        new Progress() {
          @Override
          public Step start(String stage, long all, String unit) {
            return Progress.SILENT.start(stage, all, unit);
          }

          @Override
          public void say(String line) {
            said.add(line);
          }
        };
    new EvaluationJob(
            new EvaluationPlan(Resolved.defaults(Settings.DEFAULT).with(values, "test").value()),
            LocalOpening.OPENER,
            telling,
            cancel)
        .run(folder, true);
  }

  private ObjectNode record() throws IOException {
    return Json.read(Files.readString(recordFile()), ObjectNode.class, "eval.json");
  }

  private Path recordFile() {
    return folder.resolve("eval.json");
  }

  @Test
  void theyAreToldAndAddedToWhatBeganIt() throws IOException {
    Path chunks = folder.resolve("answers.chunks");
    assertThrows(CancellationException.class, () -> evaluate(() -> Files.exists(chunks)));
    JsonNode kernels = record().path("computation").path("kernels");
    assertEquals("cpu", record().path("computation").path("device").asText());
    assertEquals(1, record().path("computation").path("threads").asInt());
    assertFalse(kernels.path("aten").asText().isEmpty(), kernels.toString());

    // As a machine with another instruction set would have begun it.
    ObjectNode begun = record();
    ((ObjectNode) begun.path("computation").path("kernels")).put("aten", "OTHER");
    Files.writeString(recordFile(), Json.pretty(begun));
    evaluate(Cancellation.NEVER);

    String other = "aten: OTHER and " + kernels.path("aten").asText();
    assertTrue(
        said.stream().anyMatch(line -> line.contains("other kernels than began it (" + other)),
        said.toString());
    assertEquals(
        List.of(other), Json.mapper().convertValue(record().get("other_kernels"), List.class));
    assertEquals("OTHER", record().path("computation").path("kernels").path("aten").asText());

    // It has come to its end: nothing is added any more.
    String finished = Files.readString(recordFile());
    evaluate(Cancellation.NEVER);
    assertEquals(finished, Files.readString(recordFile()));
  }
}
