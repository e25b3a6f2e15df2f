package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.RunFolder;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** Folders that commands write: nothing finished is written over, and no place is guessed. */
@Tag("slow")
class FoldersTest {
  private static final String TASK =
      """
      task: mine
      dataset_path: csv
      dataset_kwargs: {data_files: {test: rows.csv}}
      test_split: test
      output_type: multiple_choice
      doc_to_text: "{{question}}"
      doc_to_choice: [left, right]
      doc_to_target: label
      """;
  private static final String RUN = "run micro --rounds 1 --limit 1 --shots 0 --tasks @/mine.yaml";
  private static final String EVAL = "eval --model m --tasks @/mine.yaml";
  private static final String LABEL = "label --model m --prompts @/prompts.jsonl --pool helpful";
  private static final String TRAIN = "train --model m --labels @/made/labels.jsonl";

  @TempDir Path folder;

  @BeforeEach
  void inputs() throws IOException {
    write("mine.yaml", TASK);
    write("rows.csv", "question,label\nWhere?,1\nThere?,0\n");
    write("prompts.jsonl", "{\"prompt\": \"a question\"}\n{\"prompt\": \"another one\"}\n");
    write("made/labels.jsonl", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVAL,
        LABEL,
        "train --model m --labels @/prompts.jsonl",
        "judge --judge m --answers @/a",
        "study micro",
        "micro pretrain",
        "export lm-eval @/answered",
        "report @/answered"
      })
  void aFinishedRunIsWrittenOverByNothingElse(String command) throws IOException {
    write("kept/run.json", "{}");
    write("kept/metrics.csv", "mine");
    write("kept/round-1/labels.jsonl", "mine");
    Map<String, String> before = files("kept");
    for (String out : new String[] {"@/kept", "@/kept/round-1"}) {
      Shell shell = run(command + " --out " + out);
      assertEquals(2, shell.code(), shell.err());
      assertTrue(shell.err().contains(at("@/kept")), shell.err());
      assertTrue(shell.err().contains("Choose another folder with --out."), shell.err());
    }
    assertEquals(before, files("kept"));
  }

  @Test
  void aFinishedEvaluationIsNotWrittenOverByARun() throws IOException {
    assertEquals(0, run(EVAL + " --out @/answered").code());
    Map<String, String> before = files("answered");
    Shell shell = run(RUN + " --out @/answered");
    assertEquals(2, shell.code(), shell.err());
    assertTrue(shell.err().contains("holds an evaluation (eval.json); a run"), shell.err());
    assertEquals(before, files("answered"));
  }

  /** Versions before the rule of token borders wrote no rules down; their numbers are others. */
  @Test
  void anEvaluationBegunByOtherRulesIsNotGoneOnWith() throws IOException {
    assertEquals(0, run(EVAL + " --out @/old").code());
    assertEquals(0, run(EVAL + " --out @/now").code());
    Path record = folder.resolve("old/eval.json");
    Files.writeString(record, Files.readString(record).replaceFirst("\"rules\" : 2,\\s*", ""));
    assertFalse(Files.readString(record).contains("rules"));
    Map<String, String> finished = files("old");
    Shell again = run(EVAL + " --resume --out @/old");
    assertEquals(0, again.code(), again.err());
    assertEquals(finished.get("eval.json"), files("old").get("eval.json"));
    Shell compared = run("compare @/old @/now");
    assertEquals(0, compared.code(), compared.err());
    assertTrue(compared.err().contains("follow different rules of soft4j"), compared.err());
    assertEquals("", run("compare @/now @/now").err());
    Files.delete(folder.resolve("old/metrics.csv"));
    Shell shell = run(EVAL + " --resume --out @/old");
    assertEquals(2, shell.code(), shell.err());
    assertTrue(shell.err().contains("follow other rules (1, and 2 now)"), shell.err());
  }

  @Test
  void labelsAreWrittenOnce() throws IOException {
    Shell first = run(LABEL + " --out @/new");
    assertEquals(0, first.code(), first.err());
    Map<String, String> before = files("new");
    Shell second = run(LABEL + " --seed 2 --out @/new");
    assertEquals(2, second.code());
    assertTrue(second.err().contains("holds labels already (labels.jsonl)"), second.err());
    assertEquals(before, files("new"));
  }

  @Test
  void oneOfTwoLabellingsAtOnceIsRefused() {
    // The other one holds the folder's lock, as it does until it has ended.
    try (RunFolder other =
        CompletableFuture.supplyAsync(() -> RunFolder.open(folder.resolve("new"))).join()) {
      Shell shell = run(LABEL + " --out " + other.root());
      assertEquals(2, shell.code());
      assertTrue(shell.err().contains("in use by other work of this process"), shell.err());
    }
  }

  @Test
  void anAdapterIsTrainedOnceAndMayLieBesideItsLabels() throws IOException {
    assertEquals(0, run(LABEL + " --out @/made-2").code());
    String train = "train --model m --labels @/made-2/labels.jsonl --out @/made-2";
    Shell first = run(train);
    assertEquals(0, first.code(), first.err());
    Map<String, String> before = files("made-2");
    Shell second = run(train);
    assertEquals(2, second.code());
    assertTrue(second.err().contains("holds what was trained already (adapter)"), second.err());
    assertEquals(before, files("made-2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RUN + " --out=",
        EVAL + " --out=",
        LABEL + " --out=",
        TRAIN + " --out=",
        "report @/made --out=",
        "export lm-eval @/made --out=",
        "study micro --out=",
        RUN + " --out=@/new --prompts="
      })
  void anEmptyPathIsAnUnsetVariable(String command) throws IOException {
    Shell shell = run(command);
    assertEquals(2, shell.code(), shell.err());
    assertTrue(shell.err().contains("; is a variable of the shell not set?"), shell.err());
    assertTrue(shell.err().contains(command.replaceAll(".* (--\\w+)=$", "'$1'")), shell.err());
  }

  @Test
  void anEmptyFolderAmongTheComparedIsNamedToo() {
    Shell shell = Shell.run("compare", "a", "");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("\"\" is an empty path"), shell.err());
  }

  @Test
  void theReportOfOneFolderGoesWhereItIsAsked() throws IOException {
    assertEquals(0, run(EVAL + " --out @/answered").code());
    Map<String, String> before = files("answered");
    Shell shell = run("report @/answered --out @/page");
    assertEquals(0, shell.code(), shell.err());
    assertEquals(at("@/page/report.html\n"), shell.out());
    assertEquals(
        List.of("report.html", "report.md"),
        files("page").keySet().stream().filter(name -> !name.startsWith("samples/")).toList());
    assertEquals(before, files("answered"));
    // Its own folder is the usual place, and may be named.
    assertEquals(0, run("report @/answered --out @/answered").code());
    assertEquals(0, run("report @/answered").code());
  }

  @Test
  void aTaskWithoutEnoughExamplesIsRefusedBeforeAnythingIsMade() throws IOException {
    // The set has two rows, and no split of its own for examples.
    Shell shell = run(RUN.replace("--shots 0", "--shots 0,3") + " --out @/new");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("mine wants 3 examples"), shell.err());
    assertTrue(shell.err().contains("Ask for 2 or fewer by --shots"), shell.err());
    assertFalse(Files.exists(folder.resolve("new")));
    Shell measured = run(EVAL + " --shots 3 --out @/new");
    assertEquals(2, measured.code());
    assertFalse(Files.exists(folder.resolve("new")));
    Shell mended = run(RUN.replace("--shots 0", "--shots 0,1") + " --out @/new");
    assertEquals(0, mended.code(), mended.err());
    assertTrue(files("new").containsKey("round-1/eval/mine-1shot.jsonl"), files("new")::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, EVAL})
  void aStopIsToldOnceWithHowToGoOn(String command) {
    Shell shell =
        Shell.run(
            choice -> {
              throw new CancellationException();
            },
            at(command + " --out @/new").split(" "));
    assertEquals(130, shell.code());
    assertEquals(1, shell.err().lines().filter(line -> line.startsWith("stopped")).count());
    // Nothing was begun, so that there is nothing to resume.
    String typed = "go on with: ./soft4j " + at(command + " --out @/new").split(" ")[0];
    assertTrue(shell.err().contains(typed), shell.err());
    assertTrue(shell.err().strip().endsWith("--out " + folder.resolve("new")), shell.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {RUN, EVAL})
  void aResumeThatBeginsSaysSo(String command) {
    Shell first = run(command + " --resume --out @/new");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains(at("in @/new yet; one begins")), first.err());
    Shell second = run(command + " --resume --out @/new");
    assertEquals(0, second.code(), second.err());
    assertFalse(second.err().contains("begins"), second.err());
  }

  /** Runs a command whose words stand between blanks; @ is the folder of the test. */
  private Shell run(String command) {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> ScriptedModel.says("an answer of five words", 0.5),
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    return Shell.run(choice -> new OpenedModel(model, Optional.empty()), at(command).split(" "));
  }

  private String at(String text) {
    return text.replace("@", folder.toString());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> files(String name) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    Path root = folder.resolve(name);
    List<Path> all = new ArrayList<>();
    try (Stream<Path> inside = Files.walk(root)) {
      inside.filter(Files::isRegularFile).forEach(all::add);
    }
    for (Path file : all) {
      contents.put(root.relativize(file).toString(), Files.readString(file));
    }
    return contents;
  }
}
