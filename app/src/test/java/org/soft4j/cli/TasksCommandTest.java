package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.LocalOpening;
import picocli.CommandLine;

class TasksCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listHasALineForEveryTaskWhetherItsFilesAreHereOrNot() {
    assertEquals(0, run("tasks", "list", "--data", folder.toString()));
    String micro = line("micro_truth");
    assertTrue(
        micro.matches("micro_truth +1 +mc1 mc2 mc1_hard … +Micro world: .* +80 +25.0 …"), micro);
    String absent = line("alpaca_eval");
    assertTrue(absent.matches("alpaca_eval +\\(not here\\) +AlpacaEval, .*"), absent);
  }

  @Test
  void evalListsTheSame() {
    run("tasks", "list", "--data", folder.toString());
    String listed = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, run("eval", "--tasks", "list", "--data", folder.toString()));
    assertEquals(listed, out.toString());
  }

  @Test
  void showPrintsTheWholeCardWithItsGoldenPrompt() throws IOException {
    Path file = Files.createDirectories(folder.resolve("truthfulqa/v1")).resolve("mc_task.json");
    Files.writeString(
        file,
        """
        [{"question": "What is rain?", "mc1_targets": {"Water.": 1, "Sand.": 0},
          "mc2_targets": {"Water.": 1, "Sand.": 0}}]
        """);
    assertEquals(0, run("tasks", "show", "truthfulqa_mc1", "--data", folder.toString()));
    String card = out.toString();
    for (String part :
        new String[] {
          "version   2.0", "source    Lin et al. 2022", "licence   Apache-2.0", "items     1: ",
          "by chance 50.0", "Q: What is rain?\nA:\n", "scored    \" Water.\"", "note      "
        }) {
      assertTrue(card.contains(part), card);
    }
    out.getBuffer().setLength(0);
    run("eval", "--tasks", "list,truthfulqa_mc1", "--data", folder.toString());
    assertEquals(card, out.toString());
  }

  /** What --include brought is remembered, so that the questions can be asked again for files. */
  @Test
  void tasksOfAnIncludedFolderAreLoggedAndExportedLater() throws IOException {
    Path tasks = Files.createDirectories(folder.resolve("mine"));
    Files.writeString(tasks.resolve("colours.jsonl"), "{\"q\": \"Grass is\", \"a\": 0}\n");
    Files.writeString(
        tasks.resolve("colours.yaml"),
        """
        task: colours
        dataset_path: json
        dataset_kwargs: {data_files: {test: colours.jsonl}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: q
        doc_to_target: a
        doc_to_choice: [green, red]
        """);
    String evaluated = folder.resolve("evaluated").toString();
    String mine = tasks.toString();
    int code =
        run(
            "eval",
            "--model",
            "micro-1",
            "--include",
            mine,
            "--tasks",
            "col*",
            "--log-samples",
            "--out",
            evaluated);
    assertEquals(0, code, err.toString());
    assertEquals(1, samples(Path.of(evaluated, "lm-eval")).size());
    String exported = folder.resolve("exported").toString();
    assertEquals(0, run("export", "lm-eval", evaluated, "--out", exported), err.toString());
    assertEquals(samples(Path.of(evaluated, "lm-eval")), samples(Path.of(exported)));
  }

  private static List<String> samples(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      Path file =
          inside
              .filter(path -> path.getFileName().toString().startsWith("samples_colours_"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(file);
    }
  }

  @Test
  void anItemOfAFileMovesNoCursor() throws IOException {
    Path tasks = Files.createDirectories(folder.resolve("evil"));
    Files.writeString(
        tasks.resolve("evil.jsonl"), "{\"q\": \"Clear \\u001b[2J \\u202e?\", \"a\": 0}\n");
    Path file = tasks.resolve("evil.yaml");
    Files.writeString(
        file,
        """
        task: evil
        dataset_path: json
        dataset_kwargs: {data_files: {test: evil.jsonl}}
        test_split: test
        output_type: multiple_choice
        doc_to_text: "{{q}}"
        doc_to_choice: ["green", "red"]
        doc_to_target: a
        """);
    assertEquals(0, run("tasks", "show", file.toString()), err.toString());
    assertTrue(out.toString().contains("Clear \\u001b[2J \\u202e?"), out.toString());
  }

  @Test
  void aCardWithoutItsFilesSaysWhichAreMissing() {
    assertEquals(2, run("tasks", "show", "alpaca_eval", "--data", folder.toString()));
    assertTrue(out.toString().contains("not here  There is no "), out.toString());
  }

  /** Its card is shown, and why there is no prompt; the exit code says that there is none. */
  @Test
  void aTaskThatCannotRenderIsAnError() throws IOException {
    Path file = Files.createDirectories(folder.resolve("broken")).resolve("broken.yaml");
    Files.writeString(file.resolveSibling("broken.jsonl"), "{\"q\": \"Grass is\"}\n");
    Files.writeString(
        file,
        """
        task: broken
        dataset_path: json
        dataset_kwargs: {data_files: {test: broken.jsonl}}
        test_split: test
        output_type: generate_until
        doc_to_text: "{{ q.nothing.more }}"
        doc_to_target: q
        """);
    assertEquals(2, run("tasks", "show", file.toString()), out.toString());
    assertTrue(out.toString().contains("broken"), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(2, run("tasks", "show", "--json", file.toString()), out.toString());
    assertTrue(out.toString().contains("\"error\""), out.toString());
  }

  @Test
  void aWrongNameIsMetWithTheNearestOne() {
    assertEquals(2, run("tasks", "show", "truthfulqa_mc3"));
    assertTrue(
        err.toString().startsWith("error: There is no benchmark \"truthfulqa_mc3\". Did you mean"),
        err.toString());
  }

  private int run(String... arguments) {
    CommandLine line =
        Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private String line(String start) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(start + " "))
        .findFirst()
        .orElseThrow(() -> new AssertionError(out));
  }
}
