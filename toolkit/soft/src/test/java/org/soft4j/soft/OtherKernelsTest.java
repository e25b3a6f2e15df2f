package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.lm.Computation;
import org.soft4j.lm.scripted.ScriptedModel;

/** A run that is gone on with on a machine whose kernels compute otherwise. */
class OtherKernelsTest {
  @TempDir Path temp;

  private static ScriptedModel model(String kernels) {
    return World.model(Integer.MAX_VALUE)
        .computedBy(
            new Computation(
                "cpu",
                "float32",
                2,
                new Computation.Kernels(kernels, kernels, kernels, "GenuineIntel", "2.7.1"),
                new Computation.Batches(512, 32, 1, 1, 4)));
  }

  private List<String> run(ScriptedModel model, Cancellation cancel) {
    List<String> notes = new ArrayList<>();
    RunEvents events =
        new RunEvents() {
          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    SoftRun.resume(World.inputs(24), World.settings(), temp.resolve("run"), false)
        .execute(model, World::evaluation, events, cancel);
    return notes;
  }

  private JsonNode record() throws IOException {
    return Json.read(Files.readString(temp.resolve("run/run.json")), JsonNode.class, "run.json");
  }

  @Test
  void itIsToldAndStandsInTheRecord() throws IOException {
    int[] left = {30};
    assertThrows(CancellationException.class, () -> run(model("AVX512"), () -> --left[0] < 0));
    assertEquals("AVX512", record().path("computation").path("kernels").path("aten").asText());
    assertFalse(record().has("caveats"));

    String told =
        "gone on with by other kernels (aten: AVX512 and AVX2; onednn: AVX512 and AVX2; mkl: AVX512"
            + " and AVX2): numbers before and after agree within rounding, not to the last digit";
    List<String> notes = run(model("AVX2"), Cancellation.NEVER);
    assertTrue(notes.contains("resumed with a change: " + told), notes.toString());
    assertEquals(told, record().path("caveats").path(0).asText());
    assertEquals("AVX512", record().path("computation").path("kernels").path("aten").asText());

    // It has come to its end: nothing is added any more.
    String finished = record().toString();
    run(model("DEFAULT"), Cancellation.NEVER);
    assertEquals(finished, record().toString());
  }

  /** A folder of an earlier version does not say which kernels computed. */
  @Test
  void aRecordWithoutKernelsIsGoneOnWithAsItIs() throws IOException {
    int[] left = {30};
    assertThrows(
        CancellationException.class,
        () -> run(World.model(Integer.MAX_VALUE), () -> --left[0] < 0));
    assertFalse(record().has("computation"));
    run(model("AVX2"), Cancellation.NEVER);
    assertFalse(record().has("caveats"));
    assertEquals(Optional.empty(), World.model(1).computation());
  }
}
