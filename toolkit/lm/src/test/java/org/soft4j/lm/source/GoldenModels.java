package org.soft4j.lm.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of the golden models, which tools/golden/llama.py and families.py made. */
public final class GoldenModels {
  private static final Path ROOT = Path.of("src/test/resources/golden");

  private GoldenModels() {}

  /** All, with what transformers makes of them. */
  public static Stream<String> all() throws IOException {
    return with("expected.json");
  }

  /** Those whose configuration is there in the spelling of transformers 4 too. */
  public static Stream<String> spelledTwice() throws IOException {
    return with("config-4.json");
  }

  /** Those that are there as GGUF files too. */
  public static Stream<String> inGguf() throws IOException {
    return with("model.gguf");
  }

  private static Stream<String> with(String file) throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      List<Path> found =
          folders
              .filter(f -> Files.exists(f.resolve("config.json")) && Files.exists(f.resolve(file)))
              .sorted()
              .toList();
      return found.stream().map(folder -> folder.getFileName().toString());
    }
  }
}
