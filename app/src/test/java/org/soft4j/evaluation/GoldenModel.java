package org.soft4j.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;

/** Repeats the answers that lines of lm-evaluation-harness's samples hold. */
final class GoldenModel implements LanguageModel {
  private final Map<String, JsonNode> answers = new HashMap<>();

  GoldenModel(List<JsonNode> lines) {
    for (JsonNode line : lines) {
      for (int i = 0; i < line.path("arguments").size(); i++) {
        JsonNode asked = line.path("arguments").path("gen_args_" + i);
        String continuation = asked.path("arg_1").asText("");
        answers.put(
            asked.path("arg_0").asText() + continuation, line.path("resps").path(i).path(0));
      }
    }
  }

  @Override
  public ModelIdentity identity() {
    return new ModelIdentity("micro-1", "d", "llama", 1, "float32", "cpu", "asked for", 1);
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    for (int i = 0; i < requests.size(); i++) {
      String text = answers.get(requests.get(i).context()).asText();
      sink.accept(
          i, new Generation(text, 1, Generation.Finish.STOP_TOKEN, new double[1], new double[1]));
    }
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    for (int i = 0; i < requests.size(); i++) {
      JsonNode pair = answers.get(requests.get(i).context() + requests.get(i).continuation());
      double value = Double.parseDouble(pair.path(0).asText());
      boolean greedy = pair.path(1).asText().equals("True");
      sink.accept(i, new Score(value, 1, greedy, new double[] {value}, new double[1]));
    }
  }

  @Override
  public void close() {}
}
