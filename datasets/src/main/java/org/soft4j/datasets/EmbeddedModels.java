package org.soft4j.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.soft4j.core.DiskReason;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * The models that come inside soft4j: one micro model per world, {@code micro-1} to {@code
 * micro-3}. How they were made stands in README.md beside their files.
 */
public final class EmbeddedModels {
  /** Names of all embedded models. */
  public static final List<String> NAMES = List.of("micro-1", "micro-2", "micro-3");

  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

  private EmbeddedModels() {}

  /**
   * Writes a model's files to a folder of its name, unless they stand there already.
   *
   * @param name one of {@link #NAMES}
   * @param cache folder that holds a folder per model; made where missing
   * @return the folder of the model, to be opened like any other
   */
  public static Path unpack(String name, Path cache) {
    if (!NAMES.contains(name)) {
      throw new UserError(
          "There is no embedded model \"" + name + "\".",
          "Choose among: " + String.join(", ", NAMES) + ".");
    }
    Path folder = cache.resolve(name);
    for (String file : FILES) {
      copy("micro/world-" + name.substring("micro-".length()) + "/" + file, folder.resolve(file));
    }
    return folder;
  }

  private static void copy(String resource, Path file) {
    try (InputStream input = EmbeddedModels.class.getResourceAsStream(resource)) {
      byte[] bytes = input.readAllBytes();
      if (Files.exists(file) && Arrays.equals(bytes, Files.readAllBytes(file))) {
        return;
      }
      Files.createDirectories(file.getParent());
      Path half = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp");
      Files.write(half, bytes);
      WholeFile.move(half, file);
    } catch (IOException e) {
      throw new UserError(
          "The embedded model cannot be unpacked to %s: %s."
              .formatted(file.getParent(), DiskReason.of(e)),
          "Set SOFT4J_HOME to a folder that may be written, or free some space.",
          e);
    }
  }
}
