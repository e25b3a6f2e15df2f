package org.soft4j.eval.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Expected values come from Python: json.dumps by hand. */
class PythonJsonTest {
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
