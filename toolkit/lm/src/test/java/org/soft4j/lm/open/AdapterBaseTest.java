package org.soft4j.lm.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;

class AdapterBaseTest {
  @TempDir Path folder;

  private Path adapter(String name, String base) throws IOException {
    Path adapter = Files.createDirectories(folder.resolve(name));
    String json = "{\"base_model_name_or_path\": %s}".formatted(base);
    Files.writeString(adapter.resolve("adapter_config.json"), json);
    return adapter;
  }

  /** peft 0.21.2 names the folder of a model that was loaded with gguf_file. */
  @Test
  void theFolderOfAGgufFileIsThatFile() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    Path file = Files.writeString(models.resolve("a.gguf"), "GGUF");
    Path adapter = adapter("adapter", "\"" + models.toString().replace('\\', '/') + "\"");
    assertEquals(file, Path.of(AdapterBase.of(List.of(adapter))));
    Files.writeString(models.resolve("b.gguf"), "GGUF");
    assertEquals(models, Path.of(AdapterBase.of(List.of(adapter))));
  }

  @Test
  void whatNamesNoModelOfThisMachineIsRefused() throws IOException {
    for (String base : List.of("null", "\"\"", "\"org/model\"", "\"http://host/v1#name\"")) {
      Path adapter = adapter("adapter", base);
      UserError refused = assertThrows(UserError.class, () -> AdapterBase.of(List.of(adapter)));
      assertTrue(refused.remedy().contains("--model"), refused.remedy());
    }
    List<Path> two = List.of(adapter("a", "\"micro-1\""), adapter("b", "\"micro-2\""));
    assertThrows(UserError.class, () -> AdapterBase.of(two));
    assertEquals("micro-1", AdapterBase.of(two.subList(0, 1)));
  }
}
