package org.soft4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;

/** What docs/library.md promises to a program that has soft4j's artifacts and nothing else. */
class LibraryPageTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir Path folder;

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/library.md"));
  }

  /** The class path of this module's users: this test's own, without tests and without JUnit. */
  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(path -> !path.matches(".*(test-classes|junit|opentest4j|apiguardian|surefire).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void theProgramOfThePageRuns() throws IOException, InterruptedException {
    Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(page());
    assertTrue(block.find());
    Path source = Files.writeString(folder.resolve("Program.java"), block.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of("-cp", classPath(), "-d", folder.toString(), "-Xlint:all,-path", "-proc:none");
    var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    boolean compiled =
        compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source)).call();
    assertTrue(compiled, said.toString());
    assertEquals("", said.toString(), "no warning either");
    Path errors = folder.resolve("errors");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                folder + File.pathSeparator + classPath(),
                "Program",
                folder.resolve("samples").toString())
            .redirectError(errors.toFile())
            .start();
    String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, program.waitFor(), Files.readString(errors));
    assertEquals("", Files.readString(errors), "nobody warns of a missing log");
    List<String> lines = out.lines().toList();
    assertTrue(lines.stream().anyMatch(line -> line.matches("mc1 0\\.\\d{3}")), out);
    assertTrue(Files.isDirectory(folder.resolve("samples")), "samples are written");
  }

  /** Of every module, the page names the artifact, and the list of versions has it. */
  @Test
  void everyArtifactIsOnThePageAndInTheListOfVersions() throws IOException {
    String bom = Files.readString(ROOT.resolve("bom/pom.xml"));
    Matcher managed =
        Pattern.compile(
                "<artifactId>(soft4j-(?!testing)\\w+)</artifactId><version>.\\{project.version\\}")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    int seen = 0;
    while (managed.find()) {
      seen++;
      assertTrue(page().contains("`" + managed.group(1) + "`"), managed.group(1));
      assertTrue(bom.contains("<artifactId>" + managed.group(1) + "<"), managed.group(1));
    }
    assertEquals(7, seen);
    Pattern version = Pattern.compile("<artifactId>soft4j(-bom)?</artifactId>\\s*<version>(.*?)<");
    for (String text : List.of(bom, Files.readString(ROOT.resolve("pom.xml")), page())) {
      Matcher own = version.matcher(text);
      assertTrue(own.find());
      assertEquals("0.1.0", own.group(2));
    }
  }

  /** With soft4j-eval alone there is no benchmark, which is said with what to add. */
  @Test
  void aProgramWithoutBenchmarksIsToldWhichArtifactHasThem() {
    UserError error =
        assertThrows(UserError.class, () -> Tasks.none().open("micro_truth", TaskOptions.NONE));
    assertTrue(error.remedy().contains("org.soft4j:soft4j-benchmarks"), error.remedy());
  }
}
