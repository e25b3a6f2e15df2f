package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.eval.metric.Aggregate;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.eval.yaml.functions.RegexOptions;

/** What is taken of an answer is what the harness's own filter takes (whole_task_metrics.py). */
class MultiChoiceFilterTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = Aggregate.class.getResourceAsStream("whole_task.json")) {
      JsonNode golden = new ObjectMapper().readTree(in);
      return StreamSupport.stream(golden.path("choices").spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lettersTextsAndLettersBehindColonsAreFound(JsonNode expected) {
    JsonNode setting = expected.path("setting");
    List<PythonPattern> ignored = new ArrayList<>();
    setting.path("regexes_to_ignore").forEach(e -> ignored.add(new PythonPattern(e.asText())));
    PythonPattern first = new PythonPattern(setting.path("regex_pattern").asText());
    RegexOptions options =
        new RegexOptions(
            setting.path("group_select").asInt(),
            "[invalid]",
            ignored,
            setting.path("ignore_case").asBoolean(),
            setting.path("ignore_punctuation").asBoolean(),
            false);
    List<String> choices = new ArrayList<>();
    expected.path("choices").forEach(choice -> choices.add(choice.asText()));
    for (int i = 0; i < expected.path("answers").size(); i++) {
      String answer = expected.path("answers").get(i).asText();
      String wanted = expected.path("taken").get(i).asText();
      assertEquals(wanted, options.choice(first, choices, answer), answer);
    }
  }
}
