package org.soft4j.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupyterTest {
  private static final int MINUTES = 5;

  @TempDir Path folder;

  @Test
  void theRealKernelShowsTablesAndFigures() throws IOException, InterruptedException {
    needKernel();
    Path page = folder.resolve("page.ipynb");
    Files.writeString(page, Notebook.named("01-quick-start.ipynb").small(folder));

    Result executed =
        run("jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace", page.toString());

    assertEquals(0, executed.code(), executed.text());
    String outputs =
        Notebook.read(page).code().stream().map(c -> c.path("outputs") + "").toList() + "";
    assertTrue(outputs.contains("\"text/html\""), "no table");
    assertTrue(outputs.contains("\"image/png\""), "no figure");
  }

  private void needKernel() throws IOException, InterruptedException {
    String missing =
        "not run: Jupyter with the kernel jjava was not found (pip install jjava nbconvert ipykernel)";
    boolean found = false;
    try {
      Result kernels = run("jupyter", "kernelspec", "list");
      found = kernels.code() == 0 && kernels.text().matches("(?s).*\\bjava\\s.*");
    } catch (IOException noJupyter) {
      missing += ": " + noJupyter.getMessage();
    }
    if (!found) {
      System.out.println("JupyterTest " + missing);
    }
    Assumptions.assumeTrue(found, missing);
  }

  private Result run(String... command) throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JJAVA_CLASSPATH", classPath());
    builder
        .environment()
        .put("JJAVA_JVM_OPTS", "-Xmx1g -Djava.awt.headless=true -Dai.djl.offline=true");
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      throw new AssertionError(List.of(command) + " did not end within " + MINUTES + " minutes");
    }
    return new Result(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
  }

  /** The kernel brings its own classes. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("jjava"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private record Result(int code, String text) {}
}
