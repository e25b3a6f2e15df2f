package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.lm.open.LocalOpening;

/** A pipe that nobody writes to would keep a command waiting for good. */
class PipesTest {
  @TempDir static Path folder;

  /** Every kind of file that a command takes, as a pipe beside sound files. */
  @BeforeAll
  static void pipes() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("ok.jsonl"), "{\"prompt\": \"hello\"}\n");
    Files.writeString(
        folder.resolve("base.json"),
        "[{\"instruction\": \"i\", \"output\": \"o\", \"generator\": \"g\"}]");
    Files.writeString(
        folder.resolve("task.yaml"),
        """
        task: mine
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        test_split: test
        doc_to_text: question
        doc_to_target: answer
        """);
    Files.writeString(folder.resolve("included.yaml"), "task: other\ninclude: pipe.yaml\n");
    for (String name :
        new String[] {
          "pipe.jsonl",
          "pipe.csv",
          "pipe.json",
          "pipe.parquet",
          "pipe.yaml",
          "pipe.gguf",
          "rows.jsonl",
          "labels/labels.jsonl",
          "folder/config.json",
          "run/run.json",
          "evaluation/eval.json",
          "adapter/adapter_config.json"
        }) {
      Path pipe = folder.resolve(name);
      Files.createDirectories(pipe.getParent());
      assumeTrue(
          new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
          "this system has no mkfifo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run micro --out @/new --prompts @/pipe.jsonl",
        "run micro --out @/new --prompts @/pipe.csv",
        "run micro --out @/new --prompts @/pipe.parquet",
        "run micro --out @/new --pool @/pipe.jsonl",
        "run micro --out @/new --config @/pipe.json",
        "run micro --out @/new --template @/pipe.json",
        "run micro --out @/new --tasks alpaca_eval --option alpaca_eval.file=@/pipe.json",
        "generate --model @/pipe.gguf --input @/ok.jsonl --output @/o",
        "generate --model micro-1 --input @/pipe.jsonl --output @/o",
        "score --model micro-1 --input @/pipe.jsonl --output @/o",
        "eval --model micro-1 --out @/new --tasks @/pipe.yaml",
        "eval --model micro-1 --out @/new --tasks @/included.yaml",
        "eval --model micro-1 --out @/new --tasks @/task.yaml",
        "judge --out @/new --judge micro-1 --data @ --answers @/pipe.jsonl",
        "judge --out @/new --protocol alpaca --answers @/base.json --judge m --baseline @/pipe.json"
      })
  void aPipeIsRefusedByName(String command) {
    Shell shell = run(command);
    assertTrue(shell.err().contains("is no regular file"), shell.err());
  }

  /** These see no file where the pipe stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --model micro-1 --labels @/labels --out @/new",
        "generate --model @/folder --input @/ok.jsonl --output @/o",
        "generate --model micro-1 --adapter @/adapter --input @/ok.jsonl --output @/o",
        "report @/run",
        "report @/evaluation",
        "compare @/run @/evaluation",
        "export lm-eval @/evaluation --out @/new"
      })
  void aPipeInAFolderIsNoFile(String command) {
    run(command);
  }

  @Test
  void aDeviceAndAFolderAreNoPromptsEither() {
    assertTrue(
        run("score --model micro-1 --input /dev/zero --output @/o").err().contains("device"));
    String folders = run("score --model micro-1 --input @/folder --output @/o").err();
    assertTrue(folders.contains("is a folder, not a file"), folders);
  }

  private static Shell run(String command) {
    Shell shell =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60),
            () ->
                Shell.run(LocalOpening::open, command.replace("@", folder.toString()).split(" ")));
    assertEquals(2, shell.code(), command + ": " + shell.err());
    assertTrue(!shell.err().contains("Exception"), shell.err());
    return shell;
  }
}
