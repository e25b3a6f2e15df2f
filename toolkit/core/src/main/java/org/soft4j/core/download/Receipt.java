package org.soft4j.core.download;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.WholeFile;

/**
 * What was fetched into a folder, with the digests it had then.
 *
 * @param open of a model, what to open in the folder: a file name, "." for the folder itself, or
 *     nothing while files are missing
 * @param address where it came from; empty where each file has its own
 * @param pinned whether the digests were known beforehand
 * @param sha256 by file name
 */
public record Receipt(String open, String address, boolean pinned, Map<String, String> sha256) {
  /** Of a folder into which nothing was fetched yet. */
  public static final Receipt NONE = new Receipt("", "", false, Map.of());

  private static final String NAME = "fetched.json";
  private static final String DIGESTS = "sha256";

  public Receipt {
    sha256 = Map.copyOf(sha256);
  }

  /** Reads a folder's receipt, where there is one. */
  public static Optional<Receipt> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode json = BoundedJson.document(file, "The file is damaged: remove it and fetch again.");
    Map<String, String> digests = new TreeMap<>();
    // Earlier versions wrote those of sets without a name around them.
    (json.has(DIGESTS) ? json.path(DIGESTS) : json)
        .properties()
        .forEach(e -> digests.put(e.getKey(), e.getValue().asText()));
    return Optional.of(
        new Receipt(
            json.path("open").asText(),
            json.path("address").asText(),
            json.path("pinned").asBoolean(),
            digests));
  }

  /** With the digest of one file more. */
  public Receipt with(String name, String digest) {
    Map<String, String> more = new TreeMap<>(sha256);
    more.put(name, digest);
    return new Receipt(open, address, pinned, more);
  }

  /** Writes it, at once after each file, so that a break does not lose what is whole. */
  public void write(Path folder) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!address.isEmpty()) {
      json.put("open", open).put("address", address).put("pinned", pinned);
    }
    ObjectNode digests = json.putObject(DIGESTS);
    new TreeMap<>(sha256).forEach(digests::put);
    WholeFile.write(folder.resolve(NAME), json.toPrettyString() + "\n");
  }

  /** Whether every file is there. */
  public boolean complete() {
    return !open.isEmpty();
  }
}
