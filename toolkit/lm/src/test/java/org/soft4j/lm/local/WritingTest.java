package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/** A response as text, with a SentencePiece tokenizer: its first word begins with a space. */
class WritingTest {
  @Test
  void theFirstSpaceOfAResponseIsKept() throws IOException {
    byte[] json =
        JsonMapper.builder()
            .build()
            .writeValueAsBytes(TokenizerVectors.read("legacy.json").path("tokenizer"));
    try (Tokenizer tokenizer = JsonTokenizer.parse(json, "legacy.json")) {
      int[] context = tokenizer.encode("that old");
      int[] whole = tokenizer.encode("that old house");
      int[] added = Arrays.copyOfRange(whole, context.length, whole.length);
      GenerationRequest request =
          new GenerationRequest("that old", Sampling.GREEDY, added.length, List.of(), 0);
      Writing writing = new Writing(0, request, context, 64);
      double[] measured = new double[3 * added.length];
      for (int i = 0; i < added.length; i++) {
        measured[3 * i] = added[i];
      }
      Optional<Generation> response = writing.take(measured, 0, added.length, Set.of(), tokenizer);
      assertEquals(" house", response.orElseThrow().text());
    }
  }
}
