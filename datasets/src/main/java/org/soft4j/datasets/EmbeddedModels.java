package org.soft4j.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.DiskReason;
import org.soft4j.core.LockWait;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;

/**
 * The models that come inside soft4j, each made for one world: {@code micro-1} to {@code micro-3};
 * and {@code small-1}, which is made by the same command and too large to come along. How they are
 * made stands in README.md beside their files.
 */
public final class EmbeddedModels {
  /** Names of all embedded models. */
  public static final List<String> NAMES = List.of("micro-1", "micro-2", "micro-3");

  /** Names of models that everyone makes for themselves, by {@code micro pretrain}. */
  public static final List<String> MADE = List.of("small-1");

  private static final List<String> FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");

  private static final String MICRO = "micro-";

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
    Map<Path, byte[]> files = new LinkedHashMap<>();
    try {
      for (String file : FILES) {
        files.put(folder.resolve(file), bytes(resources(name), file));
      }
      // Every command asks for them, and only the first has to write.
      if (!differing(files).isEmpty()) {
        write(folder, files);
      }
      return folder;
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  /**
   * The name of the world that a model was made for, {@code 1} for {@code micro-1} and {@code
   * small-1} as it is; empty for any other model.
   */
  public static Optional<String> world(String name) {
    return Optional.of(name)
        .filter(known -> NAMES.contains(known) || MADE.contains(known))
        .map(n -> n.startsWith(MICRO) ? n.substring(MICRO.length()) : n);
  }

  /** What a model is, in a few words. */
  public static String description(String name) {
    int dash = name.indexOf('-');
    return name.substring(0, dash) + " model of world " + name.substring(dash + 1);
  }

  private static String resources(String name) {
    return "micro/" + name.replace(MICRO, "world-");
  }

  private static byte[] bytes(String world, String file) throws IOException {
    try (InputStream input = EmbeddedModels.class.getResourceAsStream(world + "/" + file)) {
      return input.readAllBytes();
    }
  }

  private static List<Path> differing(Map<Path, byte[]> files) throws IOException {
    List<Path> differing = new ArrayList<>();
    for (Map.Entry<Path, byte[]> file : files.entrySet()) {
      if (!Files.exists(file.getKey())
          || !Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey()))) {
        differing.add(file.getKey());
      }
    }
    return differing;
  }

  /** Two commands that begin at once take turns; the second one finds it done. */
  private static void write(Path folder, Map<Path, byte[]> files) throws IOException {
    try (RunFolder held = RunFolder.open(folder, "SOFT4J_HOME", LockWait.SHORT)) {
      for (Path file : differing(files)) {
        Path half = WholeFile.unfinished(held.path(file.getFileName().toString()));
        Files.write(half, files.get(file));
        WholeFile.move(half, file);
      }
    } catch (UserError refused) {
      throw refused.getCause() instanceof IOException e ? cannot(folder, e) : refused;
    }
  }

  private static UserError cannot(Path folder, IOException cause) {
    return new UserError(
        "The embedded model cannot be unpacked to %s: %s."
            .formatted(folder, DiskReason.of(folder, cause)),
        "Set SOFT4J_HOME to a folder that may be written, or free some space.",
        cause);
  }
}
