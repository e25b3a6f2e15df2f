package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCommandsTest {
  @TempDir Path folder;

  @Test
  void generateKeepsTheOrderOfTheLines() throws IOException {
    String out = generate("{\"prompt\": \"a\"}\n\n{\"prompt\": \"é\\n\", \"id\": 7}\n").text();
    assertEquals(
        """
        {"prompt":"a","text":"A","tokens":2,"finish":"length"}
        {"prompt":"é\\n","text":"É\\n","tokens":2,"finish":"length"}
        """,
        out);
  }

  @Test
  void scoresAreWrittenInFullPrecision() throws IOException {
    String out = score("{\"context\": \"a\", \"continuation\": \"abc\"}\n").text();
    assertEquals("{\"logprob\":-0.3333333333333333,\"tokens\":1,\"greedy\":true}\n", out);
  }

  @Test
  void aLineWithoutAScoreSaysWhyAndTheOthersGoOn() throws IOException {
    String context = "c".repeat(200);
    Result result =
        score(
            "{\"context\": \"Answ\", \"continuation\": \"er\"}\n\n"
                + "{\"context\": \"a\", \"continuation\": \"a\"}\n"
                + "{\"context\": \""
                + context
                + "\", \"continuation\": \"aa\"}\n");
    assertEquals(0, result.shell.code());
    assertEquals(
        """
        {"logprob":null,"tokens":0,"greedy":false,"caveats":["no_tokens"]}
        {"logprob":-1.0,"tokens":1,"greedy":true}
        {"logprob":-100.0,"tokens":1,"greedy":true,"caveats":["context_cut"]}
        """,
        result.text);
    String told = result.shell.err();
    assertTrue(told.contains("1 of 3 texts: the context's end swallows"), told);
    assertTrue(told.contains("(caveats \"no_tokens\"): line 1\n"), told);
    assertTrue(told.contains("(caveats \"context_cut\"): line 4\n"), told);
  }

  @Test
  void aMalformedLineIsNamedAndNothingIsWritten() throws IOException {
    Result result = generate("{\"prompt\": \"a\"}\n{\"prompt\": }\n");
    assertEquals(2, result.shell.code());
    assertTrue(result.shell.err().contains("in.jsonl, line 2, column"), result.shell.err());
    assertFalse(Files.exists(folder.resolve("out.jsonl")));
  }

  @Test
  void aMissingFieldIsNamed() throws IOException {
    Result result = generate("{\"text\": \"a\"}\n");
    assertTrue(result.shell.err().contains("line 1: there is no \"prompt\""), result.shell.err());
  }

  @Test
  void anEmptyContinuationIsTheUsersError() throws IOException {
    Result result = score("{\"context\": \"a\", \"continuation\": \"\"}\n");
    assertEquals(2, result.shell.code());
    assertTrue(result.shell.err().contains("line 1: the continuation is empty"));
  }

  @Test
  void textThatIsNotUtf8IsTheUsersError() throws IOException {
    Files.write(
        folder.resolve("in.jsonl"), "{\"prompt\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
    Shell shell = command("generate");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("not UTF-8"), shell.err());
  }

  @Test
  void samplingFlagsOutOfRangeAreTheUsersError() throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), "{\"prompt\": \"a\"}\n");
    Shell shell = command("generate", "--top-p", "1.5");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("1.5"), shell.err());
  }

  @Test
  void aModelWithoutAChatTemplateSaysSo() throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), "{\"prompt\": \"a\"}\n");
    Shell shell = command("generate", "--apply-chat-template");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("no chat template"), shell.err());
  }

  private record Result(Shell shell, String text) {}

  private Result generate(String lines) throws IOException {
    return run("generate", lines);
  }

  private Result score(String lines) throws IOException {
    return run("score", lines);
  }

  private Result run(String command, String lines) throws IOException {
    Files.writeString(folder.resolve("in.jsonl"), lines);
    Shell shell = command(command);
    Path out = folder.resolve("out.jsonl");
    return new Result(shell, Files.exists(out) ? Files.readString(out) : "");
  }

  private Shell command(String command, String... more) {
    String[] all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    command,
                    "--model",
                    "fake",
                    "--input",
                    folder.resolve("in.jsonl").toString(),
                    "--output",
                    folder.resolve("out.jsonl").toString()),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new);
    return Shell.run(all);
  }
}
