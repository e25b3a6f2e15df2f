package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.Progress;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.scripted.ScriptedModel;

/** Where `generate` and `score` write, and what an interruption leaves. */
class TextOutputTest {
  private static final int PROMPTS = 150;

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();
  private int breaksAfter = Integer.MAX_VALUE;

  @ParameterizedTest
  @ValueSource(strings = {"generate", "score"})
  void anOutputThatCannotBeMadeIsRefusedBeforeTheModelIsOpened(String command) throws IOException {
    input("{\"prompt\": \"a\", \"context\": \"a\", \"continuation\": \"b\"}\n");
    Path there = Files.writeString(folder.resolve("there"), "kept");
    for (String output : List.of("", folder.toString(), there.toString(), there + "/in/a/file")) {
      Shell shell = Shell.run(choice -> unopened(), arguments(command, output));
      assertEquals(2, shell.code(), shell.err());
      assertTrue(shell.err().contains("--output"), shell.err());
    }
    assertEquals("kept", Files.readString(there));
    assertEquals(List.of("in.jsonl", "there"), files());
  }

  @Test
  void anInterruptedJobGoesOnWhereItStopped() throws IOException {
    input(prompts());
    breaksAfter = 100;
    Shell stopped = generate("out.jsonl");
    assertEquals(130, stopped.code());
    assertFalse(Files.exists(folder.resolve("out.jsonl")));
    assertTrue(
        stopped
            .err()
            .strip()
            .matches(
                "(?s).*stopped; 64 of 150 prompts are kept in .*; go on with: ./soft4j generate .*"),
        stopped.err());
    breaksAfter = Integer.MAX_VALUE;
    asked.clear();
    assertEquals(0, generate("out.jsonl").code());
    assertEquals(PROMPTS - 64, asked.size(), "the first chunk was kept");
    assertEquals(0, generate("whole.jsonl").code());
    assertEquals(
        Files.readString(folder.resolve("whole.jsonl")),
        Files.readString(folder.resolve("out.jsonl")));
    assertEquals(List.of("in.jsonl", "out.jsonl", "whole.jsonl"), files());
  }

  @Test
  void linesOfAnotherJobAreNotMixedIn() throws IOException {
    input(prompts());
    breaksAfter = 100;
    generate("out.jsonl");
    Shell other = generate("out.jsonl", "--seed", "7");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("holds lines of an interrupted start"), other.err());
  }

  @Test
  void aPromptThatLeavesNoRoomIsToldFromASilentModel() throws IOException {
    input("{\"prompt\": \"a\"}\n\n{\"prompt\": \"long\"}\n");
    Shell shell = generate("out.jsonl");
    assertEquals(0, shell.code());
    assertTrue(
        Files.readString(folder.resolve("out.jsonl"))
            .endsWith("{\"prompt\":\"long\",\"text\":\"\",\"tokens\":0,\"finish\":\"no_room\"}\n"));
    assertTrue(shell.err().startsWith("warning: 1 of the prompts"), shell.err());
    assertTrue(shell.err().contains("line 3"), shell.err());
  }

  @Test
  void aFileWithoutALineIsTheUsersError() throws IOException {
    input("\n");
    Shell shell = generate("out.jsonl");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("in.jsonl holds no line"), shell.err());
    assertEquals(List.of("in.jsonl"), files());
  }

  private static OpenedModel unopened() {
    throw new AssertionError("the model is opened");
  }

  private void input(String text) throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), text);
  }

  private static String prompts() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < PROMPTS; i++) {
      lines.append("{\"prompt\": \"number %s\"}\n".formatted(i));
    }
    return lines.toString();
  }

  private Shell generate(String output, String... more) {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> answer(request),
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    return Shell.run(
        choice -> new OpenedModel(model, Optional.empty()),
        Progress.SILENT,
        Stream.concat(
                Stream.of(arguments("generate", folder.resolve(output).toString())),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Generation answer(GenerationRequest request) {
    if (asked.size() >= breaksAfter) {
      throw new CancellationException("Ctrl-C");
    }
    asked.add(request.context());
    return request.context().equals("long")
        ? new Generation(
            "", 0, Generation.Finish.LENGTH, new double[0], new double[0], Set.of(Caveat.NO_ROOM))
        : ScriptedModel.says("re: " + request.context(), 0.5);
  }

  private String[] arguments(String command, String output) {
    return new String[] {
      command, "--model", "m", "--input", folder.resolve("in.jsonl").toString(), "--output", output
    };
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
