package org.soft4j.eval.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskRequest;

/** Answers as the harness logs them under {@code resps}. */
final class GoldenAnswers {
  private GoldenAnswers() {}

  static List<TaskAnswer> of(List<TaskRequest> requests, JsonNode responses) {
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      JsonNode response = responses.get(i).get(0);
      answers.add(
          response.isTextual()
              ? new TaskAnswer.Writing(response.asText(), 1, true)
              : response.isArray()
                  ? new TaskAnswer.Likelihood(
                      response.get(0).asDouble(), 1, response.get(1).asBoolean())
                  : new TaskAnswer.Likelihood(response.asDouble(), 1, true));
    }
    return answers;
  }
}
