package org.soft4j.lm.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.ScoreRequest;

/** Small random models and what transformers makes of them; see tools/golden/llama.py. */
final class Golden {
  static final Path ROOT = Path.of("src/test/resources/golden");

  private Golden() {}

  static LocalModel open(String name) {
    return open(name, OpenSettings.AUTO.with("cpu", "float32"));
  }

  static LocalModel open(String name, OpenSettings settings) {
    return LocalModel.open(ROOT.resolve(name), settings);
  }

  static JsonNode expected(String name) {
    try {
      return new ObjectMapper().readTree(ROOT.resolve(name).resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static double[] numbers(JsonNode array) {
    return list(array).stream().mapToDouble(JsonNode::asDouble).toArray();
  }

  static GenerationRequest greedy(String context, int tokens) {
    return new GenerationRequest(context, Sampling.GREEDY, tokens, List.of(), 0);
  }

  static ScoreRequest score(JsonNode item) {
    return new ScoreRequest(item.get("context").asText(), item.get("continuation").asText());
  }
}
