package org.soft4j.lm.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.error.UserError;

/** Strict reading of the JSON files beside a model: UTF-8, one object, no key twice. */
public final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonFile() {}

  /** Reads a file that must be there. */
  public static JsonNode read(Path file) {
    try {
      return parse(ByteBuffer.wrap(Files.readAllBytes(file)), file);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  /** Reads a file that may be missing. */
  static Optional<JsonNode> readIfPresent(Path file) {
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Parses the remaining bytes as one JSON object; {@code file} is for the message. */
  static JsonNode parse(ByteBuffer bytes, Path file) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text(bytes, file));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new UserError(
          file + ": not valid JSON" + where + ": " + e.getOriginalMessage(),
          "Fetch or copy the file again, or mend it there.",
          e);
    }
    if (!node.isObject()) {
      throw ModelErrors.damaged(file, "holds no JSON object");
    }
    return node;
  }

  private static String text(ByteBuffer bytes, Path file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw ModelErrors.damaged(file, "the JSON text is not UTF-8");
    }
  }
}
