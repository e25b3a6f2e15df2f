package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.open.ModelOpener;

/** A file that cannot be read is told before a model is opened, which may take minutes. */
class InputFirstTest {
  @TempDir Path folder;

  private final ModelOpener none =
      choice -> {
        throw new AssertionError("a model was opened");
      };

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate --input @/in --output @/out      | {\"text\": \"a\"} | no \"prompt\"",
        "score --input @/in --output @/out         | {\"context\": \"a\"} | no \"continuation\"",
        "label --prompts @/in --pool micro --out @/out | {\"text\": \"a\"} | in",
        "train --labels @/in --out @/out           | {\"prompt\": 1 | in",
        "train --labels @/in --out @/out           | '' | holds no label",
      })
  void theInputIsReadFirst(String command, String line, String told) throws IOException {
    Files.writeString(folder.resolve("in"), line + "\n");
    String typed = (command.strip() + " --model micro-1").replace("@", folder.toString());
    Shell shell = Shell.run(none, typed.split("\\s+"));
    assertEquals(2, shell.code(), shell.err());
    assertTrue(shell.err().contains(told), shell.err());
  }
}
