package org.soft4j.eval.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/** The made-up model of tools/golden/yaml_tasks.py, which expects the harness's requests. */
final class MadeUpAnswers {
  private MadeUpAnswers() {}

  /** Compares requests with the harness's, and answers them as the made-up model there did. */
  static List<TaskAnswer> to(List<TaskRequest> requests, JsonNode doc) {
    assertEquals(doc.path("requests").size(), requests.size());
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      answers.add(answer(doc, doc.path("requests").get(i), requests.get(i)));
    }
    return answers;
  }

  private static TaskAnswer answer(JsonNode doc, JsonNode expected, TaskRequest request) {
    assertEquals(expected.get(0).asText(), request.context());
    if (request instanceof TaskRequest.Likelihood likelihood) {
      assertEquals(expected.get(1).asText(), likelihood.continuation());
      ByteBuffer digest = sha256(likelihood.context() + "\0" + likelihood.continuation());
      double logProbability = -Integer.toUnsignedLong(digest.getInt(0)) / (double) (1 << 27);
      return new TaskAnswer.Likelihood(logProbability, 1, digest.get(4) % 2 == 0);
    }
    TaskRequest.Writing writing = (TaskRequest.Writing) request;
    List<String> until = new ArrayList<>();
    expected.get(1).path("until").forEach(text -> until.add(text.asText()));
    assertEquals(until, writing.request().stopStrings());
    assertTrue(writing.request().sampling().greedy());
    assertEquals(expected.get(1).path("max_gen_toks").asInt(256), writing.request().maxNewTokens());
    return new TaskAnswer.Writing(doc.path("written").asText(), 1, true);
  }

  private static ByteBuffer sha256(String text) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
