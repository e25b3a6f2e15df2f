package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;

class ModelsCommandTest {
  @TempDir Path folder;

  @Test
  void inspectSaysWhatAModelIsInWords() {
    Shell shell = Shell.run("models", "inspect", "micro-1");
    assertEquals(0, shell.code(), shell.err());
    assertTrue(shell.out().contains("longest context    256 tokens\n"), shell.out());
    assertTrue(shell.out().contains("heads              4 of 32, keys and values in 4\n"));
    assertTrue(shell.out().contains("norm               RMSNorm, epsilon 1.0E-5\n"));
    assertTrue(shell.out().contains("positions          rotary, theta 10000.0\n"));
    assertTrue(shell.out().contains("biases             none\n"));
    assertFalse(shell.out().contains("["), "a record's own text");
  }

  @Test
  void anUnknownModelIsToldAllNamesThatAreKnown() throws IOException {
    Shell shell =
        Shell.run(
            LocalOpening::open,
            "score",
            "--model=micro-9",
            "--input=" + Shell.pairs(folder),
            "--output=o");
    assertEquals(2, shell.code());
    assertTrue(shell.err().contains("Did you mean micro-1?"), shell.err());
    assertTrue(
        shell.err().contains("micro-1, micro-2, micro-3, small-1, smollm2-135m"), shell.err());
  }

  @Test
  void aModelThatIsToBeMadeIsListedAndItsCommandTold() {
    assertTrue(
        Shell.run("models", "list").out().contains("small model of world 1, by micro pretrain"));
    assumeTrue(LocalOpening.made("small-1").isEmpty(), "it is made on this machine");
    UserError error = assertThrows(UserError.class, () -> LocalOpening.resolve("small-1"));
    assertTrue(error.remedy().contains("./soft4j micro pretrain --size small --out "), "" + error);
    assertTrue(error.remedy().endsWith("small-1"), error.remedy());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "eval", "generate", "score", "label", "judge"})
  void everyDtypeThatIsAllowedIsInTheHelp(String command) {
    String help = Shell.run(command, "--help").out().replaceAll("\\s+", " ");
    assertTrue(help.contains("auto, float32, bfloat16 or int8"), help);
  }
}
