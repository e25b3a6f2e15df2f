package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds: here Maven and Java are scripts that tell that they were called. */
@Timeout(60)
class LauncherTest {
  @TempDir Path home;
  private Path library;

  @BeforeEach
  void aBuiltCheckout() throws IOException {
    Files.copy(Path.of("../soft4j"), home.resolve("soft4j"));
    script("bin/mvn", "echo built >> " + home.resolve("builds"));
    script(
        "bin/java",
        "case \"$1\" in -version) echo 'openjdk version \"17.0\"' >&2;; *) echo ran;; esac");
    file("toolkit/environment.sh", "");
    file("pom.xml", "");
    file("notebooks/support/target/soft4j-notebooks-1.jar", "");
    file("app/target/soft4j-app-1.jar", "");
    library = file("maven/library.jar", "");
    file("app/target/classpath.txt", library.toString());
    file("app/target/launcher.stamp", "");
  }

  private Path file(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void script(String name, String body) throws IOException {
    assertTrue(file(name, "#!/bin/sh\n" + body + "\n").toFile().setExecutable(true));
  }

  @Test
  void withAllJarsThereNothingIsBuilt() throws Exception {
    assertEquals("ran\n", launch());
    assertFalse(Files.exists(home.resolve("builds")));
  }

  /** Maven's folder may have been emptied, and the class path would name what is gone. */
  @Test
  void aJarThatIsGoneIsBuiltWithAgain() throws Exception {
    Files.delete(library);
    assertEquals("ran\n", launch());
    assertTrue(Files.exists(home.resolve("builds")));
  }

  @Test
  void ourOwnJarThatIsGoneIsBuiltAgain() throws Exception {
    Files.delete(home.resolve("app/target/soft4j-app-1.jar"));
    launch();
    assertTrue(Files.exists(home.resolve("builds")));
  }

  private String launch() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", home.resolve("soft4j").toString(), "env");
    builder.environment().remove("JAVA_HOME");
    builder.environment().remove("SOFT4J_MAVEN_OPTIONS");
    builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    builder.redirectError(home.resolve("err").toFile());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> out);
    return out;
  }
}
