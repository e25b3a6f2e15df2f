package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;

class CommandLineTest {
  @TempDir Path folder;

  @Test
  void helpNamesEveryCommandAndEndsWell() {
    Shell shell = Shell.run("--help");
    assertEquals(0, shell.code());
    for (String command : new String[] {"report", "generate", "score", "env"}) {
      assertTrue(shell.out().contains(command), command);
    }
  }

  @Test
  void aMistypedFlagIsTheUsersErrorWithASuggestion() {
    Shell shell = Shell.run("score", "--modell", "x", "--input", "a", "--output", "b");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("--help"), shell.err());
    assertFalse(shell.err().contains("\tat "), "a trace");
  }

  /** The nearest of all, as for values. */
  @ParameterizedTest
  @CsvSource({
    "'score --modell x', --model",
    "'run micro --out-dir x', --out",
    "'eval --task hhh', --tasks",
    "'run micro --ronds=2', --rounds",
    "modles, models",
    "'models lst', list",
    "evel, eval",
    "'evall --model micro-1 --tasks hhh', eval",
    "'export fast-chat x', fastchat"
  })
  void aMistypedOptionOrCommandIsToldTheNearest(String typed, String meant) {
    Shell shell = Shell.run(typed.split(" "));
    assertEquals(2, shell.code());
    String first = shell.err().lines().findFirst().orElseThrow();
    assertTrue(first.endsWith(" Did you mean " + meant + "?"), shell.err());
  }

  @Test
  void aUserErrorIsItsProblemAndItsRemedy() throws IOException {
    Shell shell =
        Shell.run(
            choice -> {
              throw new UserError("No model " + choice.model() + ".", "Fetch it.");
            },
            "score",
            "--model",
            "m",
            "--input",
            Shell.pairs(folder),
            "--output",
            "b");
    assertEquals(new Shell(2, "", "error: No model m.\n  Fetch it.\n"), shell);
  }

  @Test
  void aFaultIsOneLineAndTheTraceComesOnRequest() throws IOException {
    String[] plain = {"score", "--model", "m", "--input", Shell.pairs(folder), "--output", "b"};
    Shell quiet = Shell.run(CommandLineTest::broken, plain);
    assertEquals(1, quiet.code());
    assertTrue(quiet.err().startsWith("fault: IllegalStateException: broken\n"), quiet.err());
    assertFalse(quiet.err().contains("\tat "));
    Shell loud =
        Shell.run(
            CommandLineTest::broken,
            "score",
            "--debug",
            "--model",
            "m",
            "--input",
            Shell.pairs(folder),
            "--output",
            "b");
    assertTrue(loud.err().contains("\tat "), loud.err());
  }

  /** Neither is there: without the model the data are of no use. */
  @ParameterizedTest
  @ValueSource(strings = {"run smollm2 --prompts absent.jsonl", "eval --tasks absent.yaml"})
  void aMissingModelIsToldBeforeMissingData(String typed) {
    String[] words = (typed + " --model absent-model --out " + folder).split(" ");
    Shell shell = Shell.run(LocalOpening.OPENER, words);
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("absent-model"), shell.err());
    assertFalse(shell.err().contains("absent.jsonl"), shell.err());
    assertFalse(shell.err().contains("absent.yaml"), shell.err());
  }

  @Test
  void envDescribesTheMachine() {
    Shell shell = Shell.run("env");
    assertEquals(0, shell.code());
    assertTrue(shell.out().contains(System.getProperty("java.version")));
  }

  private static org.soft4j.lm.open.OpenedModel broken(org.soft4j.lm.open.ModelChoice choice) {
    throw new IllegalStateException("broken");
  }
}
