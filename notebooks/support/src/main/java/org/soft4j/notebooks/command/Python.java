package org.soft4j.notebooks.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;

/**
 * A Python interpreter, as a command.
 *
 * @param command name or path
 */
record Python(String command) {
  private static final List<String> NAMES = List.of("python3", "python");

  /** The interpreter of a virtual environment. */
  static Python of(Path venv) {
    Path unix = venv.resolve("bin/python");
    return new Python(
        (Files.exists(unix) ? unix : venv.resolve("Scripts/python.exe"))
            .toAbsolutePath()
            .toString());
  }

  /** The first Python 3 that answers; a UserError where there is none. */
  static Python found() {
    return NAMES.stream()
        .map(Python::new)
        .filter(
            python -> python.ask("import sys; print(sys.version_info[0])").equals(Optional.of("3")))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "Python 3 was not found; Jupyter needs it.",
                    "Install it (Debian: apt install python3 python3-venv), then type:"
                        + " ./soft4j notebook install"));
  }

  /** What a program prints; empty where it or the interpreter fails. */
  Optional<String> ask(String program) {
    try {
      Process process =
          new ProcessBuilder(command, "-c", program).redirectError(Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      throw new CancellationException("stopped");
    }
  }

  /** As {@link #ask}, read as JSON. */
  Optional<JsonNode> askJson(String program) {
    return ask(program).map(text -> Json.read(text, JsonNode.class, command));
  }

  /**
   * Runs it with the user's terminal.
   *
   * @return the exit code
   */
  int run(List<String> words, Setting setting) {
    return run(process(words, setting).inheritIO(), process -> {});
  }

  /**
   * As {@link #run}, but its standard output is read.
   *
   * @param line hears each line of it
   */
  int run(List<String> words, Setting setting, Consumer<String> line) {
    ProcessBuilder builder = process(words, setting).inheritIO().redirectOutput(Redirect.PIPE);
    return run(
        builder, process -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(line));
  }

  private ProcessBuilder process(List<String> words, Setting setting) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(all);
    setting.folder().ifPresent(path -> builder.directory(path.toFile()));
    builder.environment().putAll(setting.environment());
    return builder;
  }

  private int run(ProcessBuilder builder, Consumer<Process> meanwhile) {
    try {
      Process process = builder.start();
      try {
        meanwhile.accept(process);
        return process.waitFor();
      } catch (InterruptedException stopped) {
        process.destroy();
        throw new CancellationException("stopped");
      }
    } catch (IOException failure) {
      throw new UserError(
          "%s does not start: %s".formatted(command, failure.getMessage()),
          "Type ./soft4j notebook install.",
          failure);
    }
  }

  /**
   * Where a process runs.
   *
   * @param folder to run in; where empty, this process's
   * @param environment variables on top of this process's
   */
  record Setting(Optional<Path> folder, Map<String, String> environment) {
    /** As this process. */
    static final Setting HERE = new Setting(Optional.empty(), Map.of());
  }
}
