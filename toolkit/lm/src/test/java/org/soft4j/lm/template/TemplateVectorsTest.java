package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Scopes, loops, macros, filters, formats, and random templates, under the rules for chat templates
 * and for task files. Expected texts are Jinja2's (tools/golden/template_parity.py vectors).
 */
class TemplateVectorsTest {
  @Test
  void whatJinja2RendersIsTheSameOrRefusedAndNeverAnotherText() throws IOException {
    JsonNode rows =
        JsonMapper.builder().build().readTree(getClass().getResourceAsStream("engine.json"));
    List<Executable> checks = new ArrayList<>();
    int equal = 0;
    int refusedHere = 0;
    for (JsonNode row : rows) {
      Map<String, String> got = RenderLines.rendered(row);
      boolean refused = got.containsKey("refused");
      equal += !refused && row.has("text") ? 1 : 0;
      refusedHere += refused && row.has("text") ? 1 : 0;
      checks.add(() -> assertTrue(refused || row.has("text"), () -> "rendered " + row));
      checks.add(
          () ->
              assertTrue(
                  refused || row.path("text").asText().equals(got.get("text")),
                  () -> got + " for " + row));
    }
    assertAll(checks);
    assertEquals(239, equal, "rows that are equal");
    assertEquals(4, refusedHere, "rows that only Jinja2 renders");
  }
}
