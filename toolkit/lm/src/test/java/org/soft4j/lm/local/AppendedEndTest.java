package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Score;
import org.soft4j.lm.source.ModelInspection;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Beginning;

/**
 * A tokenizer that puts an end-of-text token behind every text changes neither scores nor generated
 * texts: they are those that transformers computes with the same model's tokenizer that puts none
 * there (expected.json).
 */
class AppendedEndTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  // alone: one template; sequence: a template among other processors, as Llama 3 has them.
  @ParameterizedTest
  @ValueSource(strings = {"alone", "sequence"})
  void scoresAndTextsAreThoseWithoutIt(String form) throws IOException {
    appending("llama-untied", form.equals("sequence"));
    JsonNode expected = Golden.expected("llama-untied");
    try (LocalModel model = LocalModel.open(folder, OpenSettings.AUTO.with("cpu", "float32"))) {
      List<JsonNode> items = Golden.list(expected.get("scores"));
      List<Score> scores = model.score(items.stream().map(Golden::score).toList());
      for (int i = 0; i < items.size(); i++) {
        assertArrayEquals(
            Golden.numbers(items.get(i).get("logProbabilities")),
            scores.get(i).logProbabilities(),
            1e-4);
      }
      List<JsonNode> texts = Golden.list(expected.get("texts"));
      List<Generation> written =
          model.generate(
              texts.stream().map(t -> Golden.greedy(t.get("context").asText(), 24)).toList());
      for (int i = 0; i < texts.size(); i++) {
        assertEquals(texts.get(i).get("text").asText(), written.get(i).text());
      }
    }
  }

  @Test
  void theInspectionNamesIt() throws IOException {
    appending("llama-untied", false);
    assertEquals("<|end|>", ModelInspection.of(folder).appended());
    assertEquals("", ModelInspection.of(Golden.ROOT.resolve("llama-untied")).appended());
  }

  @Test
  void withAndWithoutABeginningNothingStandsBehind() throws IOException {
    appending("llama-untied", false);
    for (String bos : List.of("auto", "on", "off")) {
      OpenSettings settings = OpenSettings.AUTO.with("cpu", "float32").with(Beginning.parse(bos));
      try (LocalModel model = LocalModel.open(folder, settings);
          LocalModel plain = Golden.open("llama-untied", settings)) {
        assertArrayEquals(
            plain.source().tokenizer().encode("The sun"), ids(model.source(), "The sun"), bos);
        assertArrayEquals(plain.source().tokenizer().encode(""), ids(model.source(), ""), bos);
      }
    }
  }

  private static int[] ids(ModelSource source, String text) {
    return source.tokenizer().encode(text);
  }

  /** The model with a tokenizer whose template ends with the end-of-text token. */
  private void appending(String name, boolean sequence) throws IOException {
    try (Stream<Path> files = Files.list(Golden.ROOT.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path file = folder.resolve("tokenizer.json");
    ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
    ObjectNode template = (ObjectNode) json.get("post_processor");
    ((ArrayNode) template.get("single"))
        .add(MAPPER.readTree("{\"SpecialToken\": {\"id\": \"<|end|>\", \"type_id\": 0}}"));
    ((ObjectNode) template.get("special_tokens"))
        .set(
            "<|end|>",
            MAPPER.readTree("{\"id\": \"<|end|>\", \"ids\": [1], \"tokens\": [\"<|end|>\"]}"));
    if (sequence) {
      ObjectNode all = json.putObject("post_processor").put("type", "Sequence");
      all.putArray("processors")
          .add(
              MAPPER.readTree(
                  "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": false,"
                      + " \"use_regex\": true}"))
          .add(template);
    }
    MAPPER.writeValue(file.toFile(), json);
  }
}
