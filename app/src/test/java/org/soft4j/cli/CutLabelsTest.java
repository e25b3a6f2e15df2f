package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.soft.CutExamples;
import org.soft4j.soft.Label;

/**
 * Labels that are too long to be learned whole are told on the console, in a file, in the report.
 */
@Tag("slow")
class CutLabelsTest {
  private static final String SAID = "are longer than training.max_length (24)";
  // <bos> <q> prompt <a> response <e>; a word of the micro world is a token.
  private static final int MARKS = 4;

  @TempDir Path folder;

  @Test
  void labelsThatLoseTheirEndsAreCounted() throws IOException {
    Path run = folder.resolve("run");
    String method = " --set training.epochs=1 --set training.max_length=24";
    String said =
        run("run micro --limit 2 --shots 0 --rounds 1 --tasks micro_truth --out " + run + method);
    Path labels = run.resolve("round-1/labels.jsonl");
    List<Label> kept = Json.readLines(Files.readString(labels), Label.class, "labels.jsonl");
    long cut =
        kept.stream().filter(l -> MARKS + words(l.prompt()) + words(l.response()) > 24).count();
    assertTrue(cut > 0, "the bound is too wide to show anything");
    CutExamples told =
        Json.read(Files.readString(run.resolve("round-1/cut.json")), CutExamples.class, "cut.json");
    assertEquals(new CutExamples((int) cut, kept.size(), 24), told);
    String sentence = "round 1: %s of %s examples %s".formatted(cut, kept.size(), SAID);
    assertTrue(said.contains(sentence), said);
    assertTrue(Files.readString(run.resolve("report.html")).contains("(24) or the model"));
    String train = "train --model micro-1 --template micro --labels " + labels + " --out ";
    assertTrue(run(train + folder.resolve("cut") + method).contains(SAID));
    String whole = run(train + folder.resolve("whole") + " --set training.epochs=1");
    assertFalse(whole.contains("max_length"), whole);
  }

  private static int words(String text) {
    return text.split(" ").length;
  }

  private static String run(String command) {
    StringWriter err = new StringWriter();
    Progress saying =
        new Progress() {
          @Override
          public Step start(String what, long total, String unit) {
            return Progress.SILENT.start(what, total, unit);
          }

          @Override
          public void say(String line) {
            err.write(line + "\n");
          }
        };
    int code =
        Main.commandLine(new Soft4j(LocalOpening::open, saying))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(command.split(" "));
    assertEquals(0, code, err.toString());
    return err.toString();
  }
}
