package org.soft4j.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/** Which round a run kept, from its result.json. */
public final class KeptFile {
  private static final String NAME = "result.json";

  private KeptFile() {}

  /** The number of the round; empty while the run is not finished, and for what is no run. */
  public static OptionalInt read(Path run) {
    JsonNode kept = tree(run).path("kept_round");
    return kept.canConvertToInt() ? OptionalInt.of(kept.asInt()) : OptionalInt.empty();
  }

  /** Why it was kept, in a sentence; empty while the run is not finished. */
  public static String reason(Path run) {
    return tree(run).path("reason").asText();
  }

  private static JsonNode tree(Path run) {
    Path file = run.resolve(NAME);
    return Files.isRegularFile(file)
        ? Json.read(WholeFile.read(file), JsonNode.class, file.toString())
        : Json.mapper().createObjectNode();
  }
}
