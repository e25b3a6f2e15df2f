package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code ./soft4j} in a folder: commands are typed into a shell there, as they stand on a page or
 * were printed. Only the launcher is replaced, by a script with its two lines that matter, since it
 * would build the project.
 *
 * @param folder where one types
 * @param environment variables besides this process's own
 */
record TypedLauncher(Path folder, Map<String, String> environment) {
  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      if [ "$1" = classpath ]; then printf '%%s\\n' '%s'; exit 0; fi
      exec '%s' -Xmx512m -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Dai.djl.offline=true \
      -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
      -cp '%s'"${SOFT4J_CLASSPATH:+:$SOFT4J_CLASSPATH}" org.soft4j.cli.Main "$@"
      """;

  /** What a command came to. */
  record Typed(int code, String out, String err) {}

  /** Puts the script into the folder. */
  static TypedLauncher in(Path folder, Map<String, String> environment) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script = folder.resolve("soft4j");
    Files.writeString(script, SCRIPT.formatted(classPath(), java, classPath()));
    assertTrue(script.toFile().setExecutable(true));
    return new TypedLauncher(folder, environment);
  }

  // Surefire hides the class path in a jar's manifest, and tells it here.
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Types a line into a shell. */
  Typed type(String line) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Path out = folder.resolve("out");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", line)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    shell.environment().putAll(environment);
    int code = shell.start().waitFor();
    return new Typed(code, Files.readString(out), Files.readString(err));
  }
}
