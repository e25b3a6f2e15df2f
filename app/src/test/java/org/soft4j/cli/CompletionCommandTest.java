package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real shell reads the script and completes what a user has typed so far. */
class CompletionCommandTest {
  @TempDir Path folder;

  private Set<String> completed(String... words) throws IOException, InterruptedException {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "skipped: no bash on this machine");
    Shell printed = Shell.run("completion");
    assertEquals(0, printed.code(), printed.err());
    Path script = Files.writeString(folder.resolve("script"), printed.out());
    String typed =
        """
        source %s
        COMP_WORDS=(%s)
        COMP_CWORD=%s
        COMP_LINE="${COMP_WORDS[*]}"
        # Outside of a completion, compopt says that there is none.
        _complete_soft4j 2>/dev/null
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, String.join(" ", words), words.length - 1);
    Process process =
        new ProcessBuilder(bash.toString(), "-c", typed).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return Set.copyOf(List.of(out.strip().split("\\s+")));
  }

  @Test
  void bashCompletesCommandsAndTheirFlags() throws IOException, InterruptedException {
    Set<String> commands = completed("soft4j", "'mo'");
    assertEquals(Set.of("models"), commands);
    assertTrue(completed("./soft4j", "models", "''").contains("merge"));
    // Flags of settings are added when the program starts.
    assertEquals(Set.of("--dtype"), completed("soft4j", "models", "merge", "--dt"));
    assertTrue(completed("soft4j", "eval", "--sh").contains("--shots"));
    assertTrue(completed("soft4j", "chat", "--t").contains("--temperature"));
  }

  @Test
  void whatIsNoShellIsRefused() {
    Shell refused = Shell.run("completion", "fish");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("fish"), refused.err());
  }
}
