package org.soft4j.lm.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.source.BytesInMemory;
import org.soft4j.lm.source.FixedSeed;
import org.soft4j.lm.source.JsonEdits;
import org.soft4j.lm.source.ParserBounds;

/** Any bytes as a safetensors file. See docs/fuzzing.md. */
class SafetensorsFuzzTest {
  private static final Pattern END_OF_PAYLOAD = Pattern.compile("([0-9]{1,5})\\s*]");
  private static final List<String> HEADERS =
      List.of(
          """
          {"__metadata__": {"format": "pt"},
           "a": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
           "b": {"dtype": "BF16", "shape": [4], "data_offsets": [24, 32]},
           "c": {"dtype": "F16", "shape": [], "data_offsets": [32, 34]},
           "d": {"dtype": "F32", "shape": [0], "data_offsets": [34, 34]}}\
          """,
          "{\"a\": {\"dtype\": \"F16\", \"shape\": [4, 1], \"data_offsets\": [0, 8]}}");
  private static final JsonEdits EDITS = new JsonEdits(HEADERS);

  static List<byte[]> sound() {
    return HEADERS.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> read(file(sound))));
  }

  /** The input as a whole file, and as the header of a file that is sound otherwise. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "safetensors.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> read(input));
    byte[] file = file(input);
    ParserBounds.hold(file.length, () -> read(file));
  }

  /** Sound headers, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedHeader(FuzzedDataProvider data) {
    byte[] file = file(EDITS.next(data));
    ParserBounds.hold(file.length, () -> read(file));
  }

  @Test
  void editedByAFixedSeed() {
    FixedSeed.run(
        "a safetensors header",
        data -> {
          read(file(EDITS.next(data)));
          return "read";
        });
  }

  /** Length, header, and as many bytes as the last offset promises. */
  private static byte[] file(byte[] header) {
    Matcher ends = END_OF_PAYLOAD.matcher(new String(header, StandardCharsets.ISO_8859_1));
    int payload = ends.results().mapToInt(r -> Integer.parseInt(r.group(1))).max().orElse(0);
    return ByteBuffer.allocate(8 + header.length + payload)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static void read(byte[] file) {
    WeightSource weights = Safetensors.open(new BytesInMemory("fuzzed.safetensors", file));
    for (String name : weights.names()) {
      weights.shape(name);
      weights.storedType(name);
      weights.read(name).elements();
    }
  }
}
