package org.soft4j.datasets.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.core.UserError;

/**
 * Columns of files by pyarrow, DuckDB, polars, pandas and datasets say what their logical type
 * says: the texts are Python's str() of what pyarrow reads (tools/golden/parquet_types.py).
 */
@Tag("slow")
class LogicalTypesTest {
  @TempDir Path folder;

  static Stream<Arguments> columns() throws IOException {
    return arguments("texts");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("columns")
  void aColumnIsReadByItsLogicalType(String file, String column, JsonNode expected) {
    List<String> texts = new ArrayList<>();
    ParquetRows.read(
        golden(file + ".parquet"), Set.of(column), (row, values) -> texts.add(values.get(column)));
    assertEquals(new ObjectMapper().convertValue(expected, List.class), texts);
  }

  static Stream<Arguments> refused() throws IOException {
    return arguments("refused");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("refused")
  void aColumnWithoutATextIsRefusedByNameAndType(String file, String column, JsonNode kind) {
    UserError error =
        assertThrows(
            UserError.class,
            () -> ParquetRows.read(golden(file + ".parquet"), Set.of(column), (row, v) -> {}));
    String problem = "column \"%s\": it is %s, not text".formatted(column, kind.asText());
    assertTrue(error.getMessage().contains(problem), error.getMessage());
  }

  /** Whatever stands in a file, it is read or refused, and never by another exception. */
  @ParameterizedTest
  @CsvSource({"pyarrow", "duckdb", "polars", "datasets", "int96"})
  void damagedFilesAreReadOrRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(golden(name + ".parquet"));
    Set<String> columns = new HashSet<>();
    expected().path(name).path("texts").fieldNames().forEachRemaining(columns::add);
    assertFalse(columns.isEmpty());
    int refused = 0;
    for (int at = 4; at < whole.length; at += Math.max(1, whole.length / 400)) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (0x55 + at);
      Path file = Files.write(folder.resolve("d.parquet"), damaged);
      try {
        ParquetRows.read(file, columns, (row, values) -> {});
      } catch (UserError expected) {
        refused++;
      }
    }
    assertTrue(refused > 20, refused + " refused");
  }

  private static Stream<Arguments> arguments(String part) throws IOException {
    return expected().properties().stream()
        .flatMap(
            file ->
                file.getValue().path(part).properties().stream()
                    .map(c -> Arguments.of(file.getKey(), c.getKey(), c.getValue())));
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(golden("expected.json").toFile());
  }

  private static Path golden(String name) {
    try {
      return Path.of(LogicalTypesTest.class.getResource("types/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
