package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** One rule where a judge says nothing that can be read: no number, and nobody overlooks it. */
class UnreadableJudgeTest {
  private static final String TASKS =
      " --tasks alpaca_eval --option alpaca_eval.file=@/set.json --judge judge --out @/";

  @TempDir Path folder;

  @BeforeEach
  void questions() throws IOException {
    Files.writeString(
        folder.resolve("set.json"),
        "[{\"instruction\": \"what is it ?\", \"output\": \"a\", \"generator\": \"g\"}]");
  }

  /** A model that is its own judge, and as a judge says nothing of use. */
  private Shell typed(String command) {
    return Shell.run(
        choice ->
            new OpenedModel(
                new ScriptedModel(
                    (trainings, request) ->
                        ScriptedModel.says(
                            "it is " + Math.floorMod(request.seed(), 1000) + " after " + trainings,
                            0.5),
                    (trainings, request) -> ScriptedModel.scores(request, 0.5)),
                Optional.of(said -> said.get(said.size() - 1).content())),
        command.replace("@", folder.toString()).split(" "));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void evalKeepsItsFilesAndIsAnError() throws IOException {
    Shell eval = typed("eval --model m" + TASKS + "eval");
    assertEquals(2, eval.code(), eval.out());
    assertTrue(
        eval.err().contains("No verdict of the judge scripted could be read for alpaca_eval-0shot"),
        eval.err());
    assertFalse(eval.out().contains("next:"), "there is nothing to compare yet");
    assertTrue(text("eval/metrics.csv").contains("0,alpaca_eval,0,win_rate,,"), "an empty cell");
    assertTrue(text("eval/report.md").contains("no verdict of the judge could be read"));
    nowhereNaN("eval/judge");

    // Another judging by the same judge asks nothing, and its summary says so.
    Path summary = folder.resolve("eval/judge/alpaca_eval-0shot/summary.json");
    Files.delete(summary);
    assertEquals(2, typed("eval --resume --model m" + TASKS + "eval").code());
    JsonNode again = Json.read(Files.readString(summary), JsonNode.class, "summary.json");
    assertTrue(again.path("sampling_sent").isMissingNode(), again.toString());
    assertEquals(
        "nothing was asked for these answers: all 2 replies were known",
        again.path("sampling_unknown").asText());
  }

  @Test
  void aRunGoesOnAndWarns() throws IOException {
    Shell run =
        typed(
            "run micro --model m --template micro --rounds 1 --limit 1 --shots 0" + TASKS + "run");
    assertEquals(0, run.code(), run.err());
    String missing =
        "no verdict of the judge scripted could be read for alpaca_eval-0shot; that score is missing";
    List<String> told =
        StreamSupport.stream(
                Json.read(text("run/run.json"), JsonNode.class, "run.json")
                    .path("caveats")
                    .spliterator(),
                false)
            .map(JsonNode::asText)
            .filter(text -> text.startsWith("judge, "))
            .toList();
    assertEquals(List.of("judge, base: " + missing, "judge, round 1: " + missing), told);
    assertTrue(run.err().contains("warning: base: " + missing), run.err());
    assertTrue(run.err().contains("warning: round 1: " + missing), run.err());
    assertTrue(text("run/round-1/metrics.csv").contains("1,alpaca_eval,0,win_rate,,"));
    String page = text("run/report.html");
    assertTrue(page.contains("alpaca_eval, 0-shot (round 1); that score is missing"), page);
    assertTrue(page.contains("0 moved within noise, 1 without a value."), page);
    nowhereNaN("run/round-1/judge");
  }

  private void nowhereNaN(String judged) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(judged))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(file).contains("NaN"), file.toString());
      }
    }
  }
}
