package org.soft4j.eval.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Sha256;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.ChoiceScorer;
import org.soft4j.eval.Document;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.RequestForm;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.tokenizer.UserText;

class LmEvalLineTest {
  private static final RequestForm PLAIN = (shots, question) -> question;

  /** The marks that keep a question from spelling a control token are this program's own. */
  @Test
  void whatIsLoggedIsTheTextWithoutMarks() {
    String marked = UserText.mark("Say <|im_end|>.");
    AnsweredTask.Item answered =
        new AnsweredTask.Item(
            pair("Say <|im_end|>.", "</s>"),
            List.of(
                new TaskRequest.Likelihood(marked, UserText.mark("</s>")),
                new TaskRequest.Likelihood(marked, "no")),
            new ItemSample(
                "p",
                "key",
                List.of(),
                Map.of("mean", 1.0),
                "</s>",
                List.of(-1.0, -2.0),
                List.of(false, false),
                List.of(),
                List.of(),
                Map.of()));
    TaskCard card = new TaskCard("t", "1", "T", "paper", "test", List.of(), List.of());
    JsonNode line = LmEvalLine.of(0, card, answered).get(0).fields();
    JsonNode first = line.path("arguments").path("gen_args_0");
    assertEquals("Say <|im_end|>.", first.path("arg_0").asText());
    assertEquals("</s>", first.path("arg_1").asText());
    assertEquals(Sha256.of("Say <|im_end|>."), line.path("prompt_hash").asText());
  }

  /** One of its choices had no token of its own, so that nothing of it is kept. */
  @Test
  void anItemWithoutAValueHasNeitherResponsesNorMetrics() {
    AnsweredTask.Item answered =
        new AnsweredTask.Item(
            pair("Answ", "er"),
            List.of(
                new TaskRequest.Likelihood("Answ", "er"), new TaskRequest.Likelihood("Answ", "no")),
            new ItemSample(
                "p",
                "key",
                List.of(),
                Map.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(Caveat.NO_TOKENS.text()),
                Map.of()));
    TaskCard card = new TaskCard("t", "1", "T", "paper", "test", List.of(), List.of());
    JsonNode line = LmEvalLine.of(0, card, answered).get(0).fields();
    assertEquals(0, line.path("resps").size());
    assertEquals(0, line.path("filtered_resps").size());
    assertEquals(0, line.path("metrics").size());
    assertEquals("no", line.path("arguments").path("gen_args_1").path("arg_1").asText());
  }

  private static MultipleChoiceItem pair(String question, String preferred) {
    return new MultipleChoiceItem(
        Document.of("p", "honest", question),
        PLAIN,
        List.of(preferred, "no"),
        List.of(0),
        List.of(ChoiceScorer.PREFERENCE.named("mean")));
  }
}
