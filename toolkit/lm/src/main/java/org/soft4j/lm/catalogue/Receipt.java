package org.soft4j.lm.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.soft4j.core.JsonFault;
import org.soft4j.core.UserError;

/**
 * What was fetched, with the digests it had then.
 *
 * @param open what to open in the folder: a file name, "." for the folder itself, or nothing while
 *     files are missing
 * @param address where it came from
 * @param pinned whether the digests were known beforehand
 * @param sha256 by file name
 */
record Receipt(String open, String address, boolean pinned, Map<String, String> sha256) {
  private static final String NAME = "fetched.json";

  static Optional<Receipt> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
      Map<String, String> digests = new TreeMap<>();
      json.path("sha256").properties().forEach(e -> digests.put(e.getKey(), e.getValue().asText()));
      return Optional.of(
          new Receipt(
              json.path("open").asText(),
              json.path("address").asText(),
              json.path("pinned").asBoolean(),
              digests));
    } catch (JsonProcessingException e) {
      throw new UserError(file + " is damaged: " + JsonFault.words(e), "Fetch the model again.", e);
    } catch (IOException e) {
      throw new UserError("Cannot read " + file + ".", "Fetch the model again.", e);
    }
  }

  void write(Path folder) throws IOException {
    ObjectNode json = JsonMapper.builder().build().createObjectNode();
    json.put("open", open).put("address", address).put("pinned", pinned);
    ObjectNode digests = json.putObject("sha256");
    new TreeMap<>(sha256).forEach(digests::put);
    Path partial = folder.resolve(NAME + ".partial");
    Files.writeString(partial, json.toPrettyString() + "\n");
    Files.move(
        partial,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Whether every file is there. */
  boolean complete() {
    return !open.isEmpty();
  }
}
