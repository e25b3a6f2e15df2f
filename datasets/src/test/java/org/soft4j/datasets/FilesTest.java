package org.soft4j.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class FilesTest {
  @TempDir Path folder;

  @Test
  void readsPromptsFromJsonLines() throws IOException {
    Path file =
        write(
            "p.jsonl",
            """
            {"id": "a", "source": "seed", "prompt": "Why?"}

            {"prompt": "Über \\u00e4hnliches", "type": "how", "source": "x"}
            """);
    assertEquals(
        List.of(new Prompt("a", "seed", "Why?"), new Prompt("row-2", "how", "Über ähnliches")),
        PromptFiles.read(file));
  }

  @Test
  void readsPoolFromCsvWithQuotedLineBreaks() throws IOException {
    Path file = write("p.csv", "id,type,prompt,response\n1,qa,\"a, b\nc\",yes\n2,qa,d,no\n");
    assertEquals(
        List.of(
            new Demonstration("1", "qa", "a, b\nc", "yes"),
            new Demonstration("2", "qa", "d", "no")),
        PoolFiles.read(file));
  }

  @Test
  void namesFileLineAndColumnOfMalformedJson() throws IOException {
    Path file = write("p.jsonl", "{\"prompt\": \"a\"}\n{\"prompt\": oops}\n");
    assertFault(PromptFiles::read, file, "p.jsonl, line 2, column ");
  }

  @Test
  void refusesTwoObjectsInOneLineAndRepeatedKeys() throws IOException {
    assertFault(
        PromptFiles::read, write("a.jsonl", "{\"prompt\": \"a\"} {\"prompt\": \"b\"}"), "line 1");
    assertFault(
        PromptFiles::read, write("b.jsonl", "{\"prompt\": \"a\", \"prompt\": \"b\"}"), "line 1");
    assertFault(PromptFiles::read, write("c.jsonl", "[1]"), "line 1: not a JSON object");
  }

  @Test
  void aNumberForAPromptIsASlip() throws IOException {
    assertFault(
        PromptFiles::read,
        write("p.jsonl", "{\"prompt\": 3}\n"),
        "line 1: \"prompt\" is no text but 3");
  }

  @Test
  void aNameThatIsNoFileIsNotTakenForAKindOfFile() {
    assertFault(PromptFiles::read, folder.resolve("nope"), "There is no file");
  }

  @Test
  void namesTheLineOfARepeatedId() throws IOException {
    Path file = write("p.jsonl", "{\"id\":1,\"prompt\":\"a\"}\n{\"id\":1,\"prompt\":\"b\"}\n");
    assertFault(PromptFiles::read, file, "line 2: the id \"1\" stands twice");
  }

  // The first row is row-1 for want of an id: both would have the same draws and difficulty.
  @Test
  void anIdThatARowWithoutOneHasIsRefused() throws IOException {
    Path file = write("p.jsonl", "{\"prompt\":\"a\"}\n{\"id\":\"row-1\",\"prompt\":\"b\"}\n");
    assertFault(PromptFiles::read, file, "line 2: the id \"row-1\" stands twice");
    Path pool = write("q.csv", "id,prompt,response\nrow-2,a,b\n,c,d\n");
    assertFault(PoolFiles::read, pool, "line 3: the id \"row-2\" stands twice");
  }

  // As of a Parquet file, whose lists were refused before; the words they hold would be lost.
  @Test
  void aTextThatIsAListIsNotPassedOver() throws IOException {
    assertFault(
        PromptFiles::read,
        write("p.jsonl", "{\"instruction\": \"Sort these.\", \"input\": [\"b\", \"a\"]}\n"),
        "line 1: \"input\" is no text but [\"b\",\"a\"]");
    assertFault(
        PromptFiles::read,
        write(
            "q.jsonl",
            "{\"prompt\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"instruction\": \"Greet.\"}\n"),
        "line 1: \"prompt\" is no text but [");
    assertFault(
        PromptFiles::read,
        write("r.jsonl", "{\"prompt\": \"a\", \"type\": [\"qa\"]}\n"),
        "line 1: \"type\" is a list or an object");
  }

  @Test
  void namesTheLineOfAShortCsvRow() throws IOException {
    // The first record spans lines 2 and 3, so the short one is line 4.
    Path file = write("p.csv", "id,prompt\n1,\"a\nb\"\n2\n");
    assertFault(PromptFiles::read, file, "line 4: 1 columns where the first line names 2");
  }

  @Test
  void namesTheMissingColumn() throws IOException {
    assertFault(PoolFiles::read, write("p.csv", "prompt,answer\na,b\n"), "\"response\" is missing");
  }

  @Test
  void refusesAnUnclosedQuote() throws IOException {
    assertFault(PromptFiles::read, write("p.csv", "prompt\n\"a\n"), "not well-formed CSV");
  }

  @Test
  void namesTheByteThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("p.jsonl");
    Files.write(
        file,
        "{\"prompt\": \"a\"}\n{\"prompt\": \"\u00e4\"}\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFault(PromptFiles::read, file, "line 2, byte 13: 0xe4 is not UTF-8");
  }

  @Test
  void refusesEmptyMissingAndUnknownFiles() throws IOException {
    assertFault(PromptFiles::read, write("p.jsonl", "\n"), "holds no prompt");
    assertFault(PoolFiles::read, write("q.jsonl", ""), "holds no demonstration");
    assertFault(PromptFiles::read, folder.resolve("none.jsonl"), "There is no file");
    assertFault(PromptFiles::read, write("p.txt", "hello"), "neither .jsonl nor .csv nor .parquet");
  }

  /** One of the two would be lost, and nothing tells which was meant. */
  @Test
  void refusesTwoColumnsOfOneName() throws IOException {
    Path file = write("p.csv", "prompt,type,prompt\na,qa,b\n");
    assertFault(PromptFiles::read, file, "duplicate name: \"prompt\"");
    assertFault(PoolFiles::read, file, "p.csv is not well-formed CSV");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertEquals("a", PromptFiles.read(write("p.csv", "\ufeffprompt\na\n")).get(0).text());
    assertEquals("a", PromptFiles.read(write("p.jsonl", "\ufeff{\"prompt\":\"a\"}")).get(0).text());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private interface Reader {
    Object read(Path file);
  }

  private static void assertFault(Reader reader, Path file, String part) {
    UserError error = assertThrows(UserError.class, () -> reader.read(file));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
