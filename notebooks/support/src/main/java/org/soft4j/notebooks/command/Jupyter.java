package org.soft4j.notebooks.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * A Python with Jupyter and the Java kernel.
 *
 * @param python its interpreter
 * @param versions of the packages that notebooks need, as far as they are there
 * @param virtual whether it is a virtual environment
 * @param kernelJar the kernel's program, where it is installed
 * @param kernels names of all kernels that it knows
 */
record Jupyter(
    Python python,
    Map<String, String> versions,
    boolean virtual,
    Optional<Path> kernelJar,
    List<String> kernels) {
  private static final String PROBE =
      """
      import importlib.metadata as m, json, os, sys
      names = %s
      found = {}
      for n in names:
          try: found[n] = m.version(n)
          except m.PackageNotFoundError: pass
      jar = os.path.join(sys.prefix, 'share', 'jupyter', 'kernels', 'java', 'jjava.jar')
      try:
          from jupyter_client.kernelspec import find_kernel_specs
          kernels = sorted(find_kernel_specs())
      except ImportError: kernels = []
      print(json.dumps({'versions': found, 'virtual': sys.prefix != sys.base_prefix,
                        'jar': jar if os.path.exists(jar) else '', 'kernels': kernels}))
      """;
  private static final String INSTALL = "Type ./soft4j notebook install.";

  /** What a Python has of the requirements; empty where it does not run. */
  static Optional<Jupyter> in(Python python, Requirements needed) {
    String names = "['" + String.join("','", needed.versions().keySet()) + "']";
    return python.askJson(PROBE.formatted(names)).map(found -> of(python, found));
  }

  private static Jupyter of(Python python, JsonNode found) {
    Map<String, String> versions = new HashMap<>();
    found
        .path("versions")
        .properties()
        .forEach(e -> versions.put(e.getKey(), e.getValue().asText()));
    Optional<Path> jar =
        Optional.of(found.path("jar").asText()).filter(path -> !path.isEmpty()).map(Path::of);
    List<String> kernels = new ArrayList<>();
    found.path("kernels").forEach(name -> kernels.add(name.asText()));
    return new Jupyter(python, versions, found.path("virtual").asBoolean(), jar, kernels);
  }

  /** Whether everything that notebooks need is there. */
  boolean fits(Requirements needed) {
    return kernelJar.isPresent() && needed.missing(versions).isEmpty();
  }

  /**
   * The Jupyter to use: of the folder given, else of the last install, else of the Python on the
   * path; a UserError where none fits.
   */
  static Jupyter installed(Optional<Path> venv) {
    Requirements needed = requirements();
    Python python =
        Stream.of(venv, remembered())
            .flatMap(Optional::stream)
            .findFirst()
            .map(Python::of)
            .orElseGet(Python::found);
    Jupyter jupyter =
        in(python, needed)
            .orElseThrow(
                () -> new UserError(python.command() + " is not a Python that runs.", INSTALL));
    if (!jupyter.fits(needed)) {
      throw new UserError(
          "Jupyter with the Java kernel is not complete in %s: %s."
              .formatted(python.command(), String.join(", ", needed.missing(jupyter.versions))),
          INSTALL);
    }
    jupyter.refuseWithoutKernel(venv);
    return jupyter;
  }

  private void refuseWithoutKernel(Optional<Path> venv) {
    if (!kernels.contains(KernelSpec.NAME)) {
      throw new UserError(
          "The Jupyter of %s does not know the kernel %s.%s"
              .formatted(
                  python.command(),
                  KernelSpec.NAME,
                  kernels.isEmpty() ? "" : " It has: " + String.join(", ", kernels) + "."),
          venv.map(folder -> "Type ./soft4j notebook install --venv " + folder + ".")
              .orElse(INSTALL));
    }
  }

  static Requirements requirements() {
    return Requirements.read(Home.folder().resolve("notebooks/requirements.txt"));
  }

  /** The virtual environment of the last install. */
  private static Optional<Path> remembered() {
    Path note = note();
    return Files.exists(note)
        ? Optional.of(Path.of(WholeFile.read(note).strip())).filter(Files::isDirectory)
        : Optional.empty();
  }

  /** Makes a virtual environment the one that later commands use. */
  static void remember(Path venv) {
    WholeFile.write(note(), venv.toAbsolutePath() + "\n");
  }

  private static Path note() {
    return Home.kept().resolve("notebook-venv.txt");
  }

  /**
   * Runs one of this package's programs, which ends with this process.
   *
   * @param line hears each line that it prints
   */
  int program(String name, List<String> words, Python.Setting setting, Consumer<String> line) {
    return python.run(programWords(name, words), setting, line);
  }

  /** As {@link #program}, with the user's terminal. */
  int program(String name, List<String> words, Python.Setting setting) {
    return python.run(programWords(name, words), setting);
  }

  private static List<String> programWords(String name, List<String> words) {
    List<String> all = new ArrayList<>(List.of("-c", source("child.py") + "\n" + source(name)));
    all.addAll(words);
    return all;
  }

  private static String source(String name) {
    try (InputStream in = Jupyter.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs its Python with the user's terminal. */
  int run(List<String> words, Python.Setting setting) {
    return python.run(words, setting);
  }
}
