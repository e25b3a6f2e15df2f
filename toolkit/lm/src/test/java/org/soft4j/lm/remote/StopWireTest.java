package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** Stop texts in requests; vLLM's fields by its sampling parameters (skip_special_tokens). */
class StopWireTest {
  private static ObjectNode body(Dialect dialect, String stop) {
    return new ChatWire("m", dialect)
        .text(new GenerationRequest("a", Sampling.GREEDY, 4, List.of(stop), 0));
  }

  @Test
  void serversThatLeaveSpecialTokensOutAreToldToWriteThem() {
    assertFalse(body(Dialect.VLLM, "\n<|im_end|>").path("skip_special_tokens").asBoolean(true));
    assertEquals("\n<|im_end|>", body(Dialect.VLLM, "\n<|im_end|>").path("stop").get(0).asText());
    assertTrue(body(Dialect.VLLM, "\n\n").path("skip_special_tokens").isMissingNode());
    assertTrue(body(Dialect.OTHER, "<|im_end|>").path("skip_special_tokens").isMissingNode());
  }
}
