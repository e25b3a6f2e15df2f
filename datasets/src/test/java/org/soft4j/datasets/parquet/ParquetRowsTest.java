package org.soft4j.datasets.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.PoolFiles;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.PromptFiles;

/** The files are pyarrow's, written by tools/golden/parquet_files.py. */
class ParquetRowsTest {
  private static final int MUTATIONS = 150;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "snappy",
        "gzip",
        "zstd",
        "lz4",
        "no-dictionary",
        "pages-v2",
        "delta",
        "nested"
      })
  void whatPyarrowWroteIsRead(String name) throws IOException {
    List<Prompt> expected = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(golden("rows.json").toFile())) {
      String source = row.path("source").asText();
      expected.add(new Prompt(row.path("id").asText(), source, row.path("prompt").asText()));
    }
    assertEquals(expected, PromptFiles.read(golden(name + ".parquet")));
  }

  @Test
  void instructionsStandInForPromptsAndPoolsAreReadToo() {
    assertEquals(
        List.of(new Prompt("row-1", "", "Sort.\n\nb a"), new Prompt("row-2", "", "Sing.")),
        PromptFiles.read(golden("instructions.parquet")));
    assertEquals(
        List.of(new Demonstration("row-1", "greeting", "Say hi.", "Hi.")),
        PoolFiles.read(golden("pool.parquet")));
  }

  @Test
  void faultsNameFileRowAndColumn() {
    refused("null.parquet", "null.parquet, row 2: \"prompt\" is missing or empty");
    refused("list.parquet", "list.parquet, column \"prompt\": it is a list or a structure");
    refused("bytes.parquet", "column \"prompt\": it is binary, not text");
    refused("other.parquet", "none of the columns that are read; it has [question]");
    refused("not-utf8.parquet", "not-utf8.parquet, row 2, column \"prompt\": it is not UTF-8");
    refused("empty.parquet", "holds no prompt");
    refused("brotli.parquet", "its compression is BROTLI");
  }

  @Test
  void whatIsNoParquetFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(golden("snappy.parquet"));
    for (byte[] bytes :
        List.of(
            new byte[0],
            "PAR1".getBytes(StandardCharsets.UTF_8),
            "PAR1PAR1PAR1".getBytes(StandardCharsets.UTF_8),
            "{\"prompt\": \"a\"}\n".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOfRange(whole, 100, whole.length))) {
      Path file = Files.write(folder.resolve("p.parquet"), bytes);
      UserError error = assertThrows(UserError.class, () -> PromptFiles.read(file));
      assertTrue(error.getMessage().contains("p.parquet"), error.getMessage());
    }
    assertThrows(UserError.class, () -> PromptFiles.read(folder.resolve("none.parquet")));
  }

  /** Whatever stands in a file, it is read or refused: no other exception, no exhausted memory. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "pages-v2", "delta", "nested"})
  void damagedFilesAreReadOrRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(golden(name + ".parquet"));
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 4; k++) {
        // Every second time in the last part, where the footer describes everything else.
        int from = i % 2 == 0 ? 0 : whole.length / 2;
        damaged[from + random.nextInt(whole.length - from)] = (byte) random.nextInt(256);
      }
      Path file = Files.write(folder.resolve("d.parquet"), damaged);
      try {
        ParquetRows.read(file, Set.of("id", "prompt"), (row, values) -> {});
      } catch (UserError expected) {
        refused++;
      }
    }
    assertTrue(refused > MUTATIONS / 10, refused + " of " + MUTATIONS + " refused");
  }

  @Test
  void aTextThatIsRepeatedBeyondTheBoundIsRefused() {
    Bounds bounds = new Bounds();
    String text = "a".repeat(1 << 20);
    for (int i = 0; i < 256; i++) {
      bounds.read(text);
    }
    assertThrows(IllegalArgumentException.class, () -> bounds.read("a"));
  }

  private static void refused(String name, String problem) {
    UserError error = assertThrows(UserError.class, () -> PromptFiles.read(golden(name)));
    assertTrue(error.getMessage().contains(problem), error.getMessage());
  }

  private static Path golden(String name) {
    try {
      return Path.of(ParquetRowsTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
