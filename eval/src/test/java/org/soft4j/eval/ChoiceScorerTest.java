package org.soft4j.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scorers by themselves. Forty items with equal scores, several right choices and letters of many
 * bytes come from lm-evaluation-harness 0.4.13 (tools/golden/scorers.py).
 */
class ChoiceScorerTest {
  private static final Map<String, ChoiceScorer> BY_NAME =
      Map.of(
          "acc", ChoiceScorer.ACC,
          "acc_norm", ChoiceScorer.ACC_NORM,
          "acc_bytes", ChoiceScorer.ACC_BYTES,
          "acc_mutual_info", ChoiceScorer.ACC_MUTUAL_INFO,
          "exact_match", ChoiceScorer.EXACT_MATCH,
          "mc2", ChoiceScorer.MC2);

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream in = ChoiceScorerTest.class.getResourceAsStream("scorers.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void valuesAreTheHarnesss(JsonNode item) {
    List<String> choices = new ArrayList<>();
    item.path("choices").forEach(text -> choices.add(text.asText()));
    List<Integer> right = new ArrayList<>();
    item.path("right").forEach(number -> right.add(number.asInt()));
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 0; i < item.path("logs").size(); i++) {
      answers.add(
          new TaskAnswer.Likelihood(
              item.path("logs").get(i).asDouble(), 1, item.path("greedy").get(i).asBoolean()));
    }
    ScoredChoices scored = ScoredChoices.of(choices, right, answers);
    item.path("values")
        .properties()
        .forEach(
            wanted ->
                assertEquals(
                    wanted.getValue().asDouble(),
                    BY_NAME.get(wanted.getKey()).values(scored).get(wanted.getKey()),
                    1e-15,
                    wanted.getKey()));
  }

  /** The authors' code compares by a strict greater-than; the harness takes the first of equals. */
  @Test
  void equalsAreWrongUnderMc0AloneAndTheWrongOneIsTaken() {
    ScoredChoices equal = scored(List.of(0), -1, -1);
    assertEquals(Map.of("mc0", 0.0), ChoiceScorer.MC0.values(equal));
    assertEquals(1, ChoiceScorer.MC0.choice(equal));
    assertEquals(Map.of("acc", 1.0), ChoiceScorer.ACC.values(equal));
    assertEquals(0, ChoiceScorer.ACC.choice(equal));
  }

  /** Of weights 1, 3 and 5 the third stands outside mc1, and the first outside mc2. */
  @Test
  void aScorerOverSomeChoicesSeesNoOthers() {
    ScoredChoices all = scored(List.of(0, 2), 0, Math.log(3), Math.log(5));
    ChoiceScorer.Metric first = ChoiceScorer.MC1.over(List.of(0, 1));
    assertEquals(Map.of("mc1", 0.0), first.values(all));
    assertEquals(1, first.choice(all));
    assertEquals(5 / 8.0, ChoiceScorer.MC2.over(List.of(1, 2)).values(all).get("mc2"), 1e-15);
    assertEquals(Map.of(), ChoiceScorer.MC2.over(List.of()).values(all));
  }

  /** Both sums are of the same formula; finished folders hold the last bit of either. */
  @Test
  void theSumsOfMc2DifferByNoMoreThanRounding() {
    ScoredChoices all = scored(List.of(0, 2), -0.1, -7.3, -11.9, -2000);
    double plain = ChoiceScorer.MC2.values(all).get("mc2");
    assertEquals(plain, ChoiceScorer.MC2_COMPENSATED.values(all).get("mc2"), 1e-15);
  }

  private static ScoredChoices scored(List<Integer> right, double... logs) {
    List<String> texts = new ArrayList<>();
    List<TaskAnswer> answers = new ArrayList<>();
    for (double log : logs) {
      texts.add("choice " + texts.size());
      answers.add(new TaskAnswer.Likelihood(log, 1, false));
    }
    return ScoredChoices.of(texts, right, answers);
  }
}
