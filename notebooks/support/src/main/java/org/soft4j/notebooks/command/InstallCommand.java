package org.soft4j.notebooks.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.core.ScratchFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.plugin.LockOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = "Install JupyterLab and the Java kernel in a virtual environment.",
    footer = {
      "",
      "Uses the Jupyter of the Python on the path where it fits; else, or with --venv, makes a",
      "virtual environment (default: ~/.soft4j/notebook) with the versions in",
      "notebooks/requirements.txt: about 100 packages, 350 MB on disk."
    })
final class InstallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private VenvOption venv;
  @Mixin private LockOptions locks;

  @Override
  public Integer call() throws Exception {
    return locks.folder(Home.kept(), "SOFT4J_HOME", this::install);
  }

  private int install() {
    PrintWriter out = spec.commandLine().getOut();
    Requirements needed = Jupyter.requirements();
    Python python = Python.found();
    Optional<Jupyter> found =
        venv.folder().isPresent()
            ? Optional.empty()
            : Jupyter.in(python, needed).filter(jupyter -> jupyter.fits(needed));
    Jupyter jupyter = found.orElseGet(() -> made(python, needed, out));
    register(jupyter);
    out.println(
        "kernel \"%s\" registered with %s".formatted(KernelSpec.TITLE, jupyter.python().command()));
    out.println("  ./soft4j notebook opens JupyterLab.");
    out.flush();
    return 0;
  }

  private Jupyter made(Python python, Requirements needed, PrintWriter out) {
    Path folder = venv.folder().orElseGet(() -> Home.kept().resolve("notebook")).toAbsolutePath();
    Python inside = Python.of(folder);
    boolean absent = inside.ask("import pip").isEmpty();
    if (absent) {
      out.println("making a virtual environment in " + folder);
      out.flush();
      int code = python.run(List.of("-m", "venv", folder.toString()), Python.Setting.HERE);
      require(
          code == 0,
          "Python could not make a virtual environment in " + folder + ".",
          "Debian: apt install python3-venv. Its own message stands above.");
      inside = Python.of(folder);
    }
    Optional<Jupyter> complete = Jupyter.in(inside, needed).filter(j -> j.fits(needed));
    Jupyter jupyter = complete.isPresent() ? complete.get() : filled(inside, needed, out);
    Jupyter.remember(folder);
    if (absent || venv.folder().isEmpty()) {
      removeBareKernel(jupyter);
    }
    return jupyter;
  }

  /** The kernel's package registers it too, without soft4j in it; in our own folder that goes. */
  private static void removeBareKernel(Jupyter jupyter) {
    try {
      Files.deleteIfExists(jupyter.kernelJar().orElseThrow().resolveSibling("kernel.json"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Jupyter filled(Python python, Requirements needed, PrintWriter out) {
    out.println("installing " + String.join(", ", words(needed)));
    out.flush();
    List<String> words = new ArrayList<>(List.of("-m", "pip", "install", "--quiet"));
    words.addAll(List.of("--disable-pip-version-check", "-r", needed.file().toString()));
    require(
        python.run(words, Python.Setting.HERE) == 0,
        "pip could not install Jupyter.",
        "Its own message stands above.");
    return Jupyter.in(python, needed)
        .filter(jupyter -> jupyter.fits(needed))
        .orElseThrow(
            () ->
                new UserError(
                    "Jupyter is not complete with %s.".formatted(python.command()),
                    "Remove its folder and type ./soft4j notebook install again."));
  }

  private static List<String> words(Requirements needed) {
    List<String> words = new ArrayList<>();
    needed.versions().forEach((name, version) -> words.add(name + " " + version));
    return words;
  }

  private static void register(Jupyter jupyter) {
    KernelSpec kernel =
        KernelSpec.launched(
            Home.folder().resolve("soft4j"), jupyter.kernelJar().orElseThrow(), System.getenv());
    try (ScratchFolder scratch = ScratchFolder.temporary("soft4j-kernel-")) {
      Path folder = scratch.root();
      WholeFile.write(folder.resolve("kernel.json"), kernel.json());
      List<String> words =
          List.of(
              "-W",
              "ignore",
              "-m",
              "jupyter_client.kernelspecapp",
              "install",
              folder.toString(),
              "--name",
              KernelSpec.NAME,
              jupyter.virtual() ? "--sys-prefix" : "--user",
              "--log-level=ERROR");
      int code = jupyter.run(words, Python.Setting.HERE);
      require(code == 0, "Jupyter did not take the kernel.", "Its own message stands above.");
    }
  }

  private static void require(boolean good, String problem, String remedy) {
    if (!good) {
      throw new UserError(problem, remedy);
    }
  }
}
