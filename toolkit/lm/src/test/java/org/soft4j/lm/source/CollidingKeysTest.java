package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.files.JsonFile;

/** Keys that share one hash must not make a parser slow, or let anything but a UserError out. */
class CollidingKeysTest {
  /**
   * 31 * 'A' + 'a' = 31 * 'B' + 'B', as Java's String.hashCode adds up; 33 * 'A' + 'b' = 33 * 'B' +
   * 'A', as Jackson's symbol table does.
   */
  @ParameterizedTest
  @CsvSource({"Aa, BB", "Ab, BA"})
  void manyKeysOfOneHash(String one, String other) {
    StringBuilder json = new StringBuilder("{\"x\":0");
    for (int i = 0; i < 1 << 14; i++) {
      json.append(",\"");
      for (int bit = 0; bit < 14; bit++) {
        json.append((i >> bit & 1) == 0 ? one : other);
      }
      json.append("\":0");
    }
    byte[] bytes = TinyModel.utf8(json.append('}').toString());
    assertDoesNotThrow(
        () ->
            ParserBounds.hold(
                bytes.length,
                () -> JsonFile.parse(ByteBuffer.wrap(bytes), Path.of("config.json"))));
  }
}
