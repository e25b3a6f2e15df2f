package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void aClusterHasSparksJarsBehindOurOwnAndNoSecondLog() throws Exception {
    file("app/target/classpath.txt", library + ":/m/slf4j-simple-2.jar");
    file("spark/jars/spark-core_2.13-4.2.0.jar", "");
    file("cluster/target/soft4j-cluster-1.jar", "");
    file("cluster/target/launcher.stamp", "");
    script("bin/java", "echo \"$SPARK_SCALA_VERSION $ATEN_CPU_CAPABILITY $*\"");
    String words = launch("label", "--cluster", "local[2]", "--instructions", "avx2");
    assertTrue(words.startsWith("2.13 avx2 "), words);
    assertTrue(words.contains(library + ":" + home.resolve("spark/jars/*")), words);
    assertTrue(words.contains("--add-opens=java.base/java.nio=ALL-UNNAMED"), words);
    assertFalse(words.contains("slf4j-simple-2"), words);
    assertFalse(Files.exists(home.resolve("builds")));
  }

  @Test
  void withoutSparksJarsNothingOfAClusterIsBuilt() throws Exception {
    assertEquals("ran\n", launch("label", "--cluster", "local[2]"));
    assertFalse(Files.exists(home.resolve("builds")));
  }

  private String launch() throws Exception {
    return launch("env");
  }

  private String launch(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("soft4j").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.resolve("spark").toString());
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
