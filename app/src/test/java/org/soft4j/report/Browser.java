package org.soft4j.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a screen, where there is one. */
final class Browser {
  private static final Optional<Path> PROGRAM =
      Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
          .flatMap(
              name ->
                  Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                      .map(folder -> Path.of(folder, name)))
          .filter(Files::isExecutable)
          .findFirst();

  private Browser() {}

  static boolean isThere() {
    return PROGRAM.isPresent();
  }

  /** What it makes of a file on disk, at an address within it such as {@code #search=x}. */
  static String file(Path folder, Path page, String address)
      throws IOException, InterruptedException {
    return dump(folder, page.toUri() + address);
  }

  /** What it makes of a page, its scripts having run. */
  static String dump(Path folder, String address) throws IOException, InterruptedException {
    Path out = folder.resolve("shown.html");
    run(folder, out, "--dump-dom", address);
    return Files.readString(out);
  }

  static void run(Path folder, Path out, String... what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROGRAM.orElseThrow().toString(), "--headless"));
    command.addAll(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
    command.addAll(List.of("--no-first-run", "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(what));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(out.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
