package org.soft4j.notebooks.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;

/** A Jupyter whose Java kernel runs the classes under test. */
record TestJupyter(Jupyter jupyter, Python.Setting setting) {
  /**
   * The Jupyter of the Python that SOFT4J_JUPYTER names, else of the one on the path; the test is
   * skipped, with a line that says so, where none fits.
   *
   * @param folder for the kernel's description and for what pages write
   */
  static TestJupyter here(Path folder) throws IOException {
    Requirements needed = Requirements.read(Path.of("../requirements.txt"));
    Optional<Jupyter> found = Optional.empty();
    try {
      Python python =
          Optional.ofNullable(System.getenv("SOFT4J_JUPYTER"))
              .filter(path -> !path.isEmpty())
              .map(Python::new)
              .orElseGet(Python::found);
      found = Jupyter.in(python, needed).filter(jupyter -> jupyter.fits(needed));
    } catch (UserError noPython) {
      System.out.println(noPython.getMessage());
    }
    String missing =
        "not run: no Jupyter with the Java kernel; pip install -r notebooks/requirements-test.txt, and"
            + " name its Python by SOFT4J_JUPYTER";
    if (found.isEmpty()) {
      System.out.println(missing);
    }
    Assumptions.assumeTrue(found.isPresent(), missing);
    return new TestJupyter(found.get(), kernel(found.get(), folder));
  }

  private static Python.Setting kernel(Jupyter jupyter, Path folder) throws IOException {
    KernelSpec spec =
        new KernelSpec(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx1g",
                // A page is over before the second compiler has paid for itself.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dsoft4j.home=" + Path.of("../..").toAbsolutePath().normalize(),
                "-Dai.djl.offline=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "--add-opens",
                "jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-jar",
                jupyter.kernelJar().orElseThrow().toString(),
                "{connection_file}"),
            Map.of("JJAVA_CLASSPATH", classPath(), "OMP_WAIT_POLICY", "passive"));
    Path file = folder.resolve("jupyter/kernels/soft4j/kernel.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, spec.json());
    Path work = Files.createDirectories(folder.resolve("work"));
    return new Python.Setting(
        Optional.of(work), Map.of("JUPYTER_PATH", folder.resolve("jupyter").toString()));
  }

  /** The kernel brings its own classes. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("jjava") && !entry.contains("spencerpark"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs a page; 0 where every cell ran. */
  int run(NotebookFile page, Path out) {
    return run(page, out, Progress.SILENT);
  }

  /** The same, counting its cells. */
  int run(NotebookFile page, Path out, Progress progress) {
    return new Execution(jupyter, KernelSpec.NAME, 0, setting, progress).run(page, out);
  }
}
