package org.soft4j.notebooks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;

class KernelSpecTest {
  @Test
  void theLauncherStartsTheKernelWithAHeapBoundAndNoSecretIsWrittenDown() {
    Map<String, String> environment =
        Map.of("SOFT4J_DATA", "/data", "SOFT4J_API_KEY", "sk-secret", "PATH", "/bin");
    String text =
        KernelSpec.launched(Path.of("/s/soft4j"), Path.of("/v/jjava.jar"), environment).json();
    JsonNode spec = Json.read(text, JsonNode.class, "kernel.json");

    assertEquals("soft4j (Java)", spec.path("display_name").asText());
    assertEquals("/s/soft4j", spec.at("/argv/0").asText());
    assertEquals("{connection_file}", spec.at("/argv/3").asText());
    assertEquals("message", spec.path("interrupt_mode").asText());
    assertEquals("2g", spec.at("/env/SOFT4J_HEAP").asText());
    assertEquals("passive", spec.at("/env/OMP_WAIT_POLICY").asText());
    assertEquals("/data", spec.at("/env/SOFT4J_DATA").asText());
    assertFalse(text.contains("sk-secret"));
  }
}
