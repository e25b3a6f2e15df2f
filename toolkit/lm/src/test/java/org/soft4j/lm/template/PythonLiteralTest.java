package org.soft4j.lm.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Expected values come from Python's ast.literal_eval: tools/golden/python_literals.py. */
class PythonLiteralTest {
  @Test
  void anEscapeThatPythonDoesNotKnowKeepsItsBackslash() {
    assertEquals(Optional.of(List.of("\\d", "\\(x\\)")), PythonLiteral.parse("['\\d', '\\(x\\)']"));
  }

  @Test
  void literalsAreReadAsPythonReadsThem() throws IOException {
    List<String> different = new ArrayList<>();
    JsonNode cases;
    try (InputStream in = getClass().getResourceAsStream("literals.json")) {
      cases = new ObjectMapper().readTree(in);
    }
    for (JsonNode one : cases) {
      Optional<Object> expected =
          one.get(1).has("refused") ? Optional.empty() : Optional.of(value(one.get(1)));
      Optional<Object> read = PythonLiteral.parse(one.get(0).textValue());
      if (!expected.equals(read)) {
        different.add("%s: %s, not %s".formatted(one.get(0), read, expected));
      }
    }
    assertTrue(cases.size() > 500, "cases");
    assertEquals(List.of(), different);
  }

  private static Object value(JsonNode node) {
    if (node.isArray()) {
      List<Object> values = new ArrayList<>();
      node.forEach(inner -> values.add(value(inner)));
      return values;
    }
    if (node.has("map")) {
      Map<Object, Object> values = new LinkedHashMap<>();
      node.get("map").forEach(pair -> values.put(value(pair.get(0)), value(pair.get(1))));
      return values;
    }
    if (node.has("double")) {
      return Double.valueOf(node.get("double").textValue().replace("inf", "Infinity"));
    }
    return node.isNull()
        ? null
        : node.isBoolean()
            ? (Object) node.booleanValue()
            : node.isNumber() ? (Object) node.longValue() : node.textValue();
  }
}
