package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.open.LocalOpening;

/**
 * transformers and lm-evaluation-harness apply a generation_config.json's repetition_penalty to
 * greedy decoding; where it is not followed, whoever gets a text or a score of texts is told.
 */
@Tag("slow")
class UnfollowedSettingsTest {
  private static final String SAID = "repetition_penalty is not followed";

  @TempDir Path folder;

  @Test
  void aPenaltyThatIsNotFollowedIsToldWhereTextsAreWritten() throws IOException {
    Path model = EmbeddedModels.unpack("micro-1", folder);
    Path prompts = folder.resolve("prompts.jsonl");
    Files.writeString(prompts, "{\"prompt\": \"<bos> <q> is it so ? <a>\"}\n");
    String generate = "generate --model " + model + " --input " + prompts + " --output ";
    String eval = "eval --model " + model + " --limit 2 --tasks micro_truth,micro_answers --out ";
    assertFalse(run(generate + folder.resolve("plain.jsonl")).contains(SAID));
    Files.writeString(model.resolve("generation_config.json"), "{\"repetition_penalty\": 1.05}");
    String said = run(generate + folder.resolve("texts.jsonl"));
    assertTrue(said.contains(SAID), said);
    run(eval + folder.resolve("eval"));
    String record = Files.readString(folder.resolve("eval/eval.json"));
    assertTrue(record.contains(SAID), record);
    assertEquals(1, record.split(SAID, -1).length - 1, "scores of choices do not depend on it");
  }

  /** Wherever a model of these files writes: labels, a run's stages, a judge's replies. */
  @Test
  void labellingAndARunTellItOnceAndTrainingWritesNothing() throws IOException {
    Path model = EmbeddedModels.unpack("micro-1", folder);
    Files.writeString(model.resolve("generation_config.json"), "{\"repetition_penalty\": 1.05}");
    Path prompts = folder.resolve("prompts.jsonl");
    Files.writeString(prompts, "{\"prompt\": \"is it so ?\"}\n{\"prompt\": \"who are you ?\"}\n");
    Path labels = folder.resolve("labels");
    String said =
        run(
            "label --model %s --template micro --pool micro --prompts %s --out %s"
                .formatted(model, prompts, labels));
    assertEquals(1, said.split(SAID, -1).length - 1, said);
    String trained =
        run(
            "train --model %s --template micro --labels %s --set training.epochs=1 --out %s"
                .formatted(model, labels.resolve("labels.jsonl"), folder.resolve("trained")));
    assertFalse(trained.contains(SAID), trained);
    String whole =
        run(
            "run micro --model %s --limit 2 --shots 0 --rounds 1 --set training.epochs=1 --out %s"
                .formatted(model, folder.resolve("run")));
    assertEquals(1, whole.split(SAID, -1).length - 1, whole);
  }

  private static String run(String command) {
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(command.split(" "));
    assertEquals(0, code, err.toString());
    return err.toString();
  }
}
