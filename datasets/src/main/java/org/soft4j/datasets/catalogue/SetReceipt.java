package org.soft4j.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.soft4j.core.UserError;

/**
 * What was fetched into a data folder, with the digests it had then.
 *
 * @param sha256 by place
 */
record SetReceipt(Map<String, String> sha256) {
  private static final String NAME = "fetched.json";

  static SetReceipt read(Path folder) {
    Path file = folder.resolve(NAME);
    Map<String, String> digests = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      try {
        JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
        json.properties().forEach(entry -> digests.put(entry.getKey(), entry.getValue().asText()));
      } catch (IOException e) {
        throw new UserError(
            "Cannot read " + file + ": " + e.getMessage(), "Remove it and fetch again.", e);
      }
    }
    return new SetReceipt(digests);
  }

  Optional<String> of(String place) {
    return Optional.ofNullable(sha256.get(place));
  }

  /** Notes one file more, at once, so that a break does not lose what is whole. */
  static void note(Path folder, String place, String digest) throws IOException {
    Map<String, String> digests = new TreeMap<>(read(folder).sha256());
    digests.put(place, digest);
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    digests.forEach(json::put);
    Path partial = folder.resolve(NAME + ".partial");
    Files.writeString(partial, json.toPrettyString() + "\n");
    Files.move(
        partial,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
