package org.soft4j.speed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.soft4j.core.Json;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.local.LocalModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What a coarser number format does to labels: those that soft4j wrote in each dtype, scored by the
 * model in fp32 under the contexts they answer.
 */
@Command(name = "quality", description = "Perplexity of each dtype's labels under the fp32 model.")
final class QualityCommand implements Callable<Integer> {
  @Mixin private Opening opening;

  @Override
  public Integer call() {
    Work work = opening.work();
    Map<String, String> contexts = new HashMap<>();
    work.contexts(Integer.MAX_VALUE).forEach(c -> contexts.put(c.id(), c.context()));
    Map<String, Double> values = new LinkedHashMap<>();
    try (LocalModel model = opening.open(work.endlessModel())) {
      for (String dtype : List.of("float32", "bfloat16", "int8")) {
        Path labels = work.labels("soft4j", dtype);
        if (Files.exists(labels)) {
          values.put("perplexity_" + dtype, perplexity(model, contexts, labels));
        }
      }
      opening.write("quality", model, values, List.of(), Map.of());
    }
    return 0;
  }

  private static double perplexity(LocalModel model, Map<String, String> contexts, Path labels) {
    List<ScoreRequest> requests = new ArrayList<>();
    for (JsonNode label : Json.readLines(labels, JsonNode.class)) {
      String text = label.path("text").asText();
      if (!text.isEmpty()) {
        requests.add(new ScoreRequest(contexts.get(label.path("id").asText()), text));
      }
    }
    List<Score> scores = model.score(requests);
    double sum = scores.stream().mapToDouble(Score::logProbability).sum();
    return Math.exp(-sum / scores.stream().mapToInt(Score::tokens).sum());
  }
}
