package org.soft4j.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.scripted.ScriptedModel;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.settings.GenerationSettings;
import org.soft4j.stages.ChatTalk.Answer;
import org.soft4j.stages.ChatTalk.End;
import org.soft4j.stages.ChatTalk.Window;

/** A window of some letters, each a token, of which an answer may take six; all answers are yes. */
class ChatTalkTest {
  private static final ChatFormat FORMAT =
      messages ->
          messages.stream()
              .map(m -> m.role().charAt(0) + m.content())
              .collect(Collectors.joining());

  private final List<String> contexts = new ArrayList<>();
  private boolean stopping;

  private ChatTalk talk(int positions) {
    ScriptedModel model =
        new ScriptedModel(
            (trainings, request) -> {
              contexts.add(request.context());
              if (stopping) {
                throw new CancellationException("stopped");
              }
              return ScriptedModel.says("yes", 0.5);
            },
            (trainings, request) -> ScriptedModel.scores(request, 0.5));
    return new ChatTalk(
        model,
        ChatForm.of("", FORMAT),
        Optional.of(new Window(positions, String::length)),
        new GenerationSettings(6, 0, 1, 0, List.of()),
        1);
  }

  private static Answer ask(ChatTalk talk, String question) {
    return talk.ask(question, piece -> {}, Cancellation.NEVER);
  }

  @Test
  void theOldestQuestionsGoWhereTheAnswerWouldHaveNoRoom() {
    ChatTalk talk = talk(20);
    talk.system(Optional.of("S"));
    // "sSuone" has 6 letters, "sSuoneayesutwo" 14: with 6 for an answer, 20.
    assertEquals(new Answer(End.WHOLE, 0), ask(talk, "one"));
    assertEquals(new Answer(End.WHOLE, 0), ask(talk, "two"));
    // "sSutwoayesuthree" has 16: too many, so that both go.
    assertEquals(new Answer(End.WHOLE, 2), ask(talk, "three"));
    assertEquals(List.of("sSuone", "sSuoneayesutwo", "sSuthree"), contexts);
  }

  @Test
  void aQuestionThatFillsTheWindowIsRefusedAndForgotten() {
    ChatTalk talk = talk(20);
    UserError refused = assertThrows(UserError.class, () -> ask(talk, "x".repeat(19)));
    assertTrue(refused.getMessage().contains("has 20 tokens"), refused.getMessage());
    ask(talk, "one");
    assertEquals(List.of("uone"), contexts);
  }

  @Test
  void aStoppedAnswerStaysAsFarAsItWasHeard() {
    ChatTalk talk = talk(100);
    stopping = true;
    assertEquals(End.STOPPED, ask(talk, "one").end());
    stopping = false;
    ask(talk, "two");
    assertEquals("uoneautwo", contexts.get(1));
  }

  @Test
  void anotherSystemMessageBeginsAnew() {
    ChatTalk talk = talk(100);
    ask(talk, "one");
    talk.system(Optional.of(" "));
    assertTrue(talk.system().isEmpty());
    ask(talk, "two");
    assertEquals("utwo", contexts.get(1));
  }
}
