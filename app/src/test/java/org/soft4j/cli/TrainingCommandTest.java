package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;

/** training.command with a trainer of one line: it prints, and copies an adapter. */
class TrainingCommandTest {
  @TempDir Path folder;
  private String copies;

  @BeforeEach
  void adapter() {
    try (ModelSource micro =
        ModelFiles.open(EmbeddedModels.unpack("micro-1", folder.resolve("models")))) {
      int width = micro.architecture().hiddenSize();
      float[] a = new float[2 * width];
      float[] b = new float[2 * width];
      Arrays.fill(a, 0.01f);
      Arrays.fill(b, 0.01f);
      new PeftAdapter(
              Map.of("model.layers.0.self_attn.o_proj.weight", new LowRankDelta(2, 1, a, b)))
          .write(folder.resolve("made"), "micro-1");
    }
    copies =
        "training.command=sh -c 'echo learning from $3; wc -l < \"$1\"; cp made/* \"$2\"' sh"
                .replace("made", folder.resolve("made").toString())
            + " {examples} {out} {base} {previous}";
  }

  private Shell soft4j(String... words) {
    return Shell.run(LocalOpening::open, words);
  }

  private Shell run(String out, String... more) {
    List<String> words =
        List.of(
            "run",
            "micro",
            "--rounds",
            "2",
            "--limit",
            "6",
            "--seed",
            "7",
            "--tasks",
            "micro_truth",
            "--out",
            folder.resolve(out).toString());
    return soft4j(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
  }

  private JsonNode json(String file) throws IOException {
    return Json.read(Files.readString(folder.resolve(file)), JsonNode.class, file);
  }

  @Test
  void aRunIsTrainedByACommandAndSaysSo() throws IOException {
    Shell done = run("run", "--set", copies);
    assertEquals(0, done.code(), done.err());
    assertTrue(done.err().contains("learning from "), done.err());
    assertEquals("first", json("run/round-1/outside.json").path("relation").asText());
    assertEquals("continues", json("run/round-2/outside.json").path("relation").asText());
    assertEquals(
        "round 2: trained outside (training.command): continues the adapter of the round before,"
            + " rank 2, on o_proj",
        json("run/run.json").path("caveats").path(1).asText());
    assertTrue(Files.readString(folder.resolve("run/round-1/training.log")).startsWith("learning"));
    assertFalse(Files.exists(folder.resolve("run/round-1/checkpoint")));
    // A finished run that is resumed by another command is refused, as by any other setting.
    Shell other = run("run", "--resume", "--set", copies.replace("learning", "trying"));
    assertTrue(other.err().contains("settings.training.command was"), other.err());
  }

  @Test
  void aCommandThatForgetsTheRoundsBeforeIsRefusedAtOnce() {
    Shell refused = run("forgets", "--set", copies.replace(" {previous}", ""));
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("training.command has no {previous}"), refused.err());
    assertFalse(Files.exists(folder.resolve("forgets")));
  }

  /** Earlier versions had no such setting. */
  @Test
  void aRunOfAnEarlierVersionIsGoneOnWith() throws IOException {
    assertEquals(0, run("old").code());
    Path record = folder.resolve("old/run.json");
    String now = Files.readString(record);
    String then = now.replaceFirst(",\\s*\"command\" : \"\"", "");
    assertFalse(then.equals(now));
    Files.writeString(record, then);
    Files.delete(folder.resolve("old/result.json"));
    Shell resumed = run("old", "--resume");
    assertEquals(0, resumed.code(), resumed.err());
  }

  @Test
  void trainTakesItAndExportWritesTheSameExamples() throws IOException {
    assertEquals(0, run("run", "--set", copies).code());
    String labels = folder.resolve("run/round-1/labels.jsonl").toString();
    Path out = folder.resolve("trained");
    Path seen = folder.resolve("seen.jsonl");
    Shell trained =
        soft4j(
            "train",
            "--model",
            "micro-1",
            "--labels",
            labels,
            "--out",
            out.toString(),
            "--set",
            copies.replace("echo", "cp \"$1\" " + seen + "; echo"));
    assertEquals(0, trained.code(), trained.err());
    assertEquals(2, PeftAdapter.read(out.resolve("adapter")).rank());
    Shell exported =
        soft4j(
            "export",
            "trl",
            "--model",
            "micro-1",
            "--labels",
            labels,
            "--out",
            folder.resolve("trl").toString());
    assertEquals(0, exported.code(), exported.err());
    assertEquals(Files.readString(seen), Files.readString(folder.resolve("trl/examples.jsonl")));
    JsonNode first = Json.readLines(seen, JsonNode.class).get(0);
    assertTrue(first.path("prompt").asText().startsWith("<bos> <q> "), first.toString());
    assertEquals(2, first.size());
  }

  @Test
  void aFailingCommandIsToldWithItsLastLinesAndItsLog() {
    Shell failed =
        run(
            "fails",
            "--set",
            "training.command=sh -c 'echo no memory; exit 9' sh {examples} {out} {previous}");
    assertEquals(2, failed.code(), failed.err());
    assertTrue(failed.err().contains("ended with code 9. Its last lines: no memory"), failed.err());
    assertTrue(failed.err().contains("training.log"), failed.err());
  }
}
