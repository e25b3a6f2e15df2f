package org.soft4j.eval.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expected values come from Python: tools/golden/python_floats.py, and json.dumps by hand. */
class PythonJsonTest {
  @Test
  void floatsAreWrittenAsByPythonsRepr() throws IOException {
    try (InputStream file = PythonJsonTest.class.getResourceAsStream("floats.txt")) {
      String vectors = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : vectors.split("\n")) {
        String[] parts = line.split(" ");
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
        assertEquals(parts[1], PythonJson.repr(value), "bits " + parts[0]);
      }
    }
  }

  @Test
  void anyFloatReadsBackTheSame() {
    Random random = new Random();
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(PythonJson.repr(value)));
      }
    }
  }

  @Test
  void whatIsNoNumberIsWrittenAsPythonDoes() {
    assertEquals("-inf", PythonJson.repr(Double.NEGATIVE_INFINITY));
    assertEquals("nan", PythonJson.repr(Double.NaN));
  }

  @Test
  void linesHaveBlanksAndKeepLettersBeyondAscii() throws IOException {
    // json.dumps({"a": ["é\"\\\n\x01\x7f", 1, 1.0, True, None], "b": {}}, ensure_ascii=False)
    assertEquals(
        "{\"a\": [\"é\\\"\\\\\\n\\u0001\u007f\", 1, 1.0, true, null], \"b\": {}}",
        PythonJson.line(
            json("{\"b\":{},\"a\":[\"é\\\"\\\\\\n\\u0001\u007f\",1,1.0,true,null]}", "a", "b")));
  }

  @Test
  void indentedObjectsStandOnLinesOfTheirOwnAndEmptyOnesDoNot() throws IOException {
    // json.dumps({"a": [1, {"b": []}], "c": {}}, indent=2)
    assertEquals(
        "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}",
        PythonJson.indented(json("{\"a\":[1,{\"b\":[]}],\"c\":{}}", "a", "c")));
  }

  private static JsonNode json(String text, String... order) throws IOException {
    JsonNode read = new ObjectMapper().readTree(text);
    var ordered = new ObjectMapper().createObjectNode();
    for (String name : order) {
      ordered.set(name, read.path(name));
    }
    return ordered;
  }
}
