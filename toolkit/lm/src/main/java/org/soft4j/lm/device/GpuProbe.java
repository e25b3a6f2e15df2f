package org.soft4j.lm.device;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the machine for {@link GpuFacts}; loads the CUDA runtime at most, never libtorch. */
public final class GpuProbe {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final Pattern VERSION = Pattern.compile("\\s(\\d{3,}\\.\\d+(?:\\.\\d+)?)\\s");
  private static final long PATIENCE_SECONDS = 5;

  private GpuProbe() {}

  /** What this machine has. */
  public static GpuFacts read() {
    return new GpuFacts(
        driver(DRIVER),
        cards(List.of("nvidia-smi", "-L")),
        natives(setting("PYTORCH_LIBRARY_PATH"), setting("PYTORCH_FLAVOR")),
        runtime(),
        CudaUtils.getGpuCount());
  }

  /** The driver's version, from the file in which the kernel module tells it. */
  static Optional<String> driver(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      Matcher found = VERSION.matcher(Files.readString(file));
      return Optional.of(found.find() ? found.group(1) : "unknown");
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Lines of {@code GPU N: name}, without the card's own number, which is nobody's business. */
  static List<String> cards(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroy();
      return !ended || process.exitValue() != 0
          ? List.of()
          : text.lines()
              .filter(line -> line.startsWith("GPU "))
              .map(line -> line.replaceFirst("\\s*\\(UUID.*", ""))
              .toList();
    } catch (IOException absent) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /**
   * The libtorch that the engine will load: the folder named, else the one on the class path (DJL,
   * LibUtils.findOverrideLibrary and Platform.detectPlatform).
   */
  static GpuFacts.Natives natives(Optional<String> folder, Optional<String> flavor) {
    if (folder.isPresent()) {
      boolean cuda = Files.exists(Path.of(folder.get(), System.mapLibraryName("torch_cuda")));
      return new GpuFacts.Natives(folder.get(), flavor.orElse("not set"), cuda);
    }
    URL found = GpuProbe.class.getResource("/native/lib/pytorch.properties");
    if (found == null) {
      return new GpuFacts.Natives("nowhere", "none", false);
    }
    try (InputStream in = found.openStream()) {
      Properties properties = new Properties();
      properties.load(in);
      String named = properties.getProperty("flavor", "unknown");
      return new GpuFacts.Natives("the class path", named, named.startsWith("cu"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OptionalInt runtime() {
    try {
      return OptionalInt.of(CudaUtils.getCudaVersion());
    } catch (IllegalStateException | IllegalArgumentException absent) {
      return OptionalInt.empty();
    }
  }

  /** As the engine reads it: the environment first, then the system property. */
  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name))
        .or(() -> Optional.ofNullable(System.getProperty(name)))
        .filter(value -> !value.isEmpty());
  }
}
