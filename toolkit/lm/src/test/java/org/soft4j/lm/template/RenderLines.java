package org.soft4j.lm.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.soft4j.core.UserError;

/**
 * Renders templates for tools/golden/template_parity.py: every line of the input is a JSON object
 * with template, rules (chat or task) and values, and every line of the output one with text or
 * refused.
 */
final class RenderLines {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T08:07:06Z"), ZoneOffset.UTC);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RenderLines() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(JSON.writeValueAsString(rendered(JSON.readTree(line))));
    }
    out.flush();
  }

  /** The text of a row, or why it is refused. */
  static Map<String, String> rendered(JsonNode row) {
    try {
      return Map.of("text", text(row));
    } catch (UserError e) {
      return Map.of("refused", e.getMessage());
    }
  }

  private static String text(JsonNode row) {
    String template = row.path("template").asText();
    Map<String, ?> values = values(row.path("values"));
    return row.path("rules").asText().equals("task")
        ? new TextTemplate(template).render(values).text()
        : ChatTemplate.of(template, CLOCK).render(values);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, ?> values(JsonNode node) {
    return JSON.convertValue(node, Map.class);
  }
}
