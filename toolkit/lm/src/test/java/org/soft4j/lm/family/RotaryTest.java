package org.soft4j.lm.family;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frequencies equal those of transformers, which counts in fp32, to the last bit or its neighbour:
 * after 2,000 positions a few bits turn a log-probability by more than 1e-4.
 */
class RotaryTest {
  static Stream<JsonNode> cases() throws IOException {
    Path file = Path.of("src/test/resources/golden/rotary.json"); // tools/golden/rotary_vectors.py
    return StreamSupport.stream(new ObjectMapper().readTree(file.toFile()).spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void frequenciesAreThoseOfTransformers(JsonNode expected) {
    JsonNode rope = expected.get("rope");
    float[] found =
        new Positions.Rotary(rope.get("rope_theta").asDouble(), scaling(rope))
            .frequencies(expected.get("width").asInt());
    assertEquals(expected.get("frequencies").size(), found.length);
    for (int i = 0; i < found.length; i++) {
      float wanted = (float) expected.get("frequencies").get(i).asDouble();
      assertEquals(wanted, found[i], Math.ulp(wanted), "pair " + i);
    }
  }

  private static RopeScaling scaling(JsonNode rope) {
    return switch (rope.get("rope_type").asText()) {
      case "linear" -> new RopeScaling.Linear(rope.get("factor").asDouble());
      case "llama3" ->
          new RopeScaling.Llama3(
              rope.get("factor").asDouble(),
              rope.get("low_freq_factor").asDouble(),
              rope.get("high_freq_factor").asDouble(),
              rope.get("original_max_position_embeddings").asDouble());
      default -> new RopeScaling.None();
    };
  }
}
