package org.soft4j.eval.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected matches come from Python's re: tools/golden/python_patterns.py. */
class PythonPatternTest {
  @Test
  void wordsBordersAndSpacesAreThoseOfPython() throws IOException {
    List<String> different = new ArrayList<>();
    JsonNode cases;
    try (InputStream in = getClass().getResourceAsStream("patterns.json")) {
      cases = new ObjectMapper().readTree(in);
    }
    for (JsonNode one : cases) {
      List<List<String>> expected = new ArrayList<>();
      for (JsonNode match : one.get(2)) {
        List<String> groups = new ArrayList<>();
        match.forEach(group -> groups.add(group.textValue()));
        expected.add(groups);
      }
      List<List<String>> found =
          new PythonPattern(one.get(0).textValue()).findAll(one.get(1).textValue());
      if (!expected.equals(found)) {
        different.add("%s in %s: %s, not %s".formatted(one.get(0), one.get(1), found, expected));
      }
    }
    assertEquals(List.of(), different);
    assertEquals(594, cases.size());
  }

  @Test
  void aMarkEndsAWordAsInPython() {
    // re.sub(r"\b(a|an|the)\b", "", "a\u0301 a") is "\u0301 ": marks are no letters of a word.
    assertEquals("\u0301 ", new PythonPattern("\\b(a|an|the)\\b").removedFrom("a\u0301 a"));
  }
}
