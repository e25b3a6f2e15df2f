package org.soft4j.lm.files;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.InputFile;
import org.soft4j.core.JsonFault;
import org.soft4j.core.UserError;

/** Strict reading of the JSON files beside a model: UTF-8, one object, no key twice. */
public final class JsonFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Bytes of a JSON file beside a model; the largest in use, lists of tensors, have 40 million. */
  public static final long MOST_BYTES = 128L << 20;

  /**
   * A value takes up to 160 bytes of memory. Large files that describe models have more than twelve
   * bytes a value, so that this bounds the memory by the file's size.
   */
  private static final long VALUES_IN_ANY_CASE = 120_000;

  private static final int BYTES_PER_VALUE = 12;

  private JsonFile() {}

  /** Reads a file that must be there. */
  public static JsonNode read(Path file) {
    try {
      return parse(ByteBuffer.wrap(InputFile.bytes(file, MOST_BYTES)), file);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }

  /** Reads a file that may be missing. */
  public static Optional<JsonNode> readIfPresent(Path file) {
    return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Parses the remaining bytes as one JSON object; {@code file} is for the message. */
  public static JsonNode parse(ByteBuffer bytes, Path file) {
    long values = VALUES_IN_ANY_CASE + bytes.remaining() / BYTES_PER_VALUE;
    JsonNode node;
    try (JsonParser parser = parser(bytes, values)) {
      node = MAPPER.readTree(parser);
    } catch (IOException e) {
      throw unsound(file, e);
    }
    if (node == null || !node.isObject()) {
      throw ModelErrors.damaged(file, "holds no JSON object");
    }
    return node;
  }

  /** Reads the remaining bytes value by value, with at most as many values as given. */
  static JsonParser parser(ByteBuffer bytes, long values) throws IOException {
    return new JsonFactoryBuilder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(values).build())
        .build()
        .createParser(
            new InputStreamReader(new BufferInput(bytes), StandardCharsets.UTF_8.newDecoder()));
  }

  /** The error for a file whose text is no JSON. */
  static UserError unsound(Path file, IOException cause) {
    if (cause instanceof CharacterCodingException) {
      return ModelErrors.damaged(file, "the JSON text is not UTF-8");
    }
    if (!(cause instanceof JsonProcessingException json)) {
      return ModelErrors.unreadable(file, cause);
    }
    if (cause instanceof StreamConstraintsException) {
      return ModelErrors.damaged(
          file, "holds more than a file of its kind does: " + JsonFault.words(json));
    }
    JsonLocation at = json.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new UserError(
        file + ": not valid JSON" + where + ": " + JsonFault.words(json),
        "Fetch or copy the file again, or mend it there.",
        cause);
  }

  /** The bytes of a buffer, one block after another. */
  private static final class BufferInput extends InputStream {
    private final ByteBuffer bytes;

    BufferInput(ByteBuffer bytes) {
      this.bytes = bytes.duplicate();
    }

    @Override
    public int read() {
      return bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = Math.min(length, bytes.remaining());
      bytes.get(into, offset, count);
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
