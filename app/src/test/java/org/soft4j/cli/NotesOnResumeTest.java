package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.open.LocalOpening;

/** What eval.json notes of its tasks, when an evaluation is asked for again. */
class NotesOnResumeTest {
  private static final String NOTES = "notes";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private Path model;
  private Path record;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void evaluateWithANote() throws IOException {
    model = EmbeddedModels.unpack("micro-1", folder);
    Files.writeString(model.resolve("generation_config.json"), "{\"repetition_penalty\": 1.05}");
    record = folder.resolve("eval/eval.json");
    assertEquals(0, eval(""), err.toString());
    assertTrue(MAPPER.readTree(record.toFile()).has(NOTES));
  }

  @Test
  void theSameNotesAreTheSameEvaluation() throws IOException {
    String before = Files.readString(record);
    assertEquals(0, eval(" --resume"), err.toString());
    assertEquals(before, Files.readString(record));
  }

  /** Its samples were made as that version made them, of which today's notes know nothing. */
  @Test
  void aFinishedFolderOfAVersionWithoutNotesGetsNone() throws IOException {
    withoutNotes();
    String before = Files.readString(record);
    assertEquals(0, eval(" --resume"), err.toString());
    assertEquals(before, Files.readString(record));
  }

  @Test
  void anUnfinishedOneIsFinishedAndNoted() throws IOException {
    withoutNotes();
    Files.delete(folder.resolve("eval/metrics.csv"));
    assertEquals(0, eval(" --resume"), err.toString());
    assertTrue(MAPPER.readTree(record.toFile()).has(NOTES));
  }

  @Test
  void otherNotesAreAnotherEvaluation() throws IOException {
    String before = Files.readString(record);
    Files.delete(model.resolve("generation_config.json"));
    assertEquals(2, eval(" --resume"));
    assertTrue(err.toString().contains("another model or with other settings"), err.toString());
    assertEquals(before, Files.readString(record));
  }

  private void withoutNotes() throws IOException {
    ObjectNode old = (ObjectNode) MAPPER.readTree(record.toFile());
    old.remove(NOTES);
    Files.writeString(record, Json.pretty(old));
    assertFalse(Files.readString(record).contains("repetition_penalty"));
  }

  private int eval(String more) {
    String command =
        "eval --model %s --limit 2 --tasks micro_answers --out %s%s"
            .formatted(model, folder.resolve("eval"), more);
    return Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT))
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .execute(command.split(" "));
  }
}
