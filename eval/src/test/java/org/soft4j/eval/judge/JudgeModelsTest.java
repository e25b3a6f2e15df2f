package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.lm.tokenizer.ChatFormat;

/** A local model is asked in its own chat format. */
class JudgeModelsTest {
  private static final ChatFormat WITH_SYSTEM =
      messages -> {
        StringBuilder text = new StringBuilder();
        messages.forEach(m -> text.append("<%s>%s".formatted(m.role(), m.content())));
        return text + "<assistant>";
      };
  private static final ChatFormat WITHOUT_SYSTEM =
      messages -> {
        if (messages.get(0).role().equals("system")) {
          throw new UserError("The chat template says: no system message.", "Leave it out.");
        }
        return WITH_SYSTEM.render(messages);
      };
  // Some templates pass over the system message silently.
  private static final ChatFormat DEAF =
      messages -> WITH_SYSTEM.render(messages.subList(messages.size() - 1, messages.size()));

  private static String context(ChatFormat chat, String system) {
    List<String> contexts = new ArrayList<>();
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> {
              contexts.add(request.context());
              return ScriptedModel.says("[[7]]", 0.5);
            },
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    Call call = new Call("p", "", system, "judge this", 0, 8, List.of(), 0);
    new LocalJudge(model, chat)
        .answer(List.of(call), (i, r) -> assertEquals("[[7]]", r.text()), Cancellation.NEVER);
    return contexts.get(0);
  }

  @Test
  void theSystemMessageHasItsPlace() {
    assertEquals("<system>be fair<user>judge this<assistant>", context(WITH_SYSTEM, "be fair"));
    assertEquals("<user>judge this<assistant>", context(WITH_SYSTEM, ""));
  }

  @Test
  void whereThereIsNoneItGoesBeforeTheUsersWords() {
    String folded = "<user>[Instruction]\nbe fair\n\njudge this<assistant>";
    assertEquals(folded, context(WITHOUT_SYSTEM, "be fair"));
    assertEquals(folded, context(DEAF, "be fair"));
    assertEquals("<user>judge this<assistant>", context(DEAF, "You are a helpful assistant."));
  }

  @Test
  void aChoiceIsScoredAndNotWritten() {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> {
              throw new AssertionError("nothing is to be written");
            },
            (trainings, request) ->
                ScriptedModel.scores(request, request.continuation().equals("m") ? 0.6 : 0.2));
    List<Reply> replies = new ArrayList<>();
    Call call = AlpacaForm.WEIGHTED.call("", "i", "one", "two");
    new LocalJudge(model, WITH_SYSTEM)
        .answer(List.of(call), (i, reply) -> replies.add(reply), Cancellation.NEVER);
    assertEquals(Map.of("m", Math.log(0.6), "M", Math.log(0.2)), replies.get(0).logProbabilities());
    assertEquals(
        1.25,
        AlpacaForm.weighted(replies.get(0).logProbabilities()).getAsDouble(),
        1e-12,
        "2 - 0.6/0.8");
  }
}
