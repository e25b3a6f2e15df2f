package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Evaluator;
import org.soft4j.eval.Measurement;
import org.soft4j.lm.Generation.Finish;

/** Errors of labels. Expected values were counted by hand, after the definitions in words. */
class LabelErrorsTest {
  private static final IclPool POOL =
      IclPool.of(List.of(new Demonstration("d", "t", "what is red", "A colour of fire.")));

  /** "yes" is right and "no" is wrong; a good form ends in a full stop. Nothing else is known. */
  private static final KnownAnswers KNOWN =
      new KnownAnswers(
          (prompt, response) ->
              prompt.startsWith("is ") ? Optional.of(response.startsWith("yes")) : Optional.empty(),
          (prompt, response) ->
              prompt.startsWith("is ") ? Optional.of(response.endsWith(".")) : Optional.empty());

  @TempDir Path folder;

  private static Label label(String type, String prompt, String response, Finish finish) {
    int tokens = response.isEmpty() && finish == Finish.LENGTH ? 0 : 5;
    return new Label("p", type, prompt, List.of(), response, tokens, finish, 2, 0.5, 1);
  }

  private static List<LabelError> errors(String prompt, String response, Finish finish) {
    LabelError.Finder finder = LabelError.Finder.of(POOL, KNOWN);
    Label label = label("t", prompt, response, finish);
    return Stream.of(LabelError.values())
        .filter(kind -> finder.has(kind, label).orElse(false))
        .toList();
  }

  private static List<LabelError> errors(String prompt, String response) {
    return errors(prompt, response, Finish.STOP_TOKEN);
  }

  @Test
  void eachKindHasOneRule() {
    assertEquals(List.of(), errors("is it so", "yes it is ."));
    assertEquals(List.of(LabelError.WRONG), errors("is it so", "no it is not ."));
    assertEquals(List.of(LabelError.OFF_FORMAT), errors("is it so", "yes it is"));
    assertEquals(List.of(), errors("who", "nobody"));
    // Case and punctuation do not count; one word more does.
    assertEquals(List.of(LabelError.COPIES_POOL), errors("who", "a colour, of fire"));
    assertEquals(List.of(), errors("who", "a colour of fire too"));
    assertEquals(List.of(LabelError.COPIES_PROMPT), errors("tell me more", "Tell me more!"));
    assertEquals(List.of(LabelError.COPIES_PROMPT), errors("tell me", "tell me what"));
    // Of one word, a beginning is no copy.
    assertEquals(List.of(), errors("rain", "rain falls"));
    assertEquals(List.of(LabelError.COPIES_PROMPT), errors("rain", "Rain."));
    // Four words stand twice, then three times.
    assertEquals(List.of(), errors("who", "a b c d a b c d a b c"));
    assertEquals(List.of(LabelError.REPEATS_ITSELF), errors("who", "a b c d a b c d a b c d"));
    assertEquals(List.of(LabelError.EMPTY), errors("who", "..."));
  }

  @Test
  void anAnswerThatWasCutOffIsUnfinishedAndOneWithoutRoomIsEmpty() {
    assertEquals(List.of(LabelError.UNFINISHED), errors("who", "it is", Finish.LENGTH));
    assertEquals(List.of(LabelError.UNFINISHED), errors("who", "it is", Finish.OTHER));
    assertEquals(List.of(), errors("who", "it is", Finish.STOP_STRING));
    assertEquals(List.of(LabelError.EMPTY), errors("who", "", Finish.LENGTH));
    assertEquals(
        List.of(LabelError.UNFINISHED, LabelError.REPEATS_ITSELF),
        errors("who", "so it goes on so it goes on so it goes on so", Finish.LENGTH));
  }

  /** Whatever default filters drop has an error, so that the table explains dropped.jsonl. */
  @Test
  void noLabelIsDroppedWithoutAnError() {
    LabelFilters filters = new LabelFilters(FilterSettings.DEFAULT, POOL);
    List<String> words = List.of("tell", "me", "a", "colour", "of", "fire", ".", "", "+");
    Random random = new Random(5);
    int dropped = 0;
    for (int i = 0; i < 4000; i++) {
      StringBuilder response = new StringBuilder();
      for (int word = random.nextInt(24); word > 0; word--) {
        response.append(words.get(random.nextInt(1 + random.nextInt(words.size())))).append(' ');
      }
      Finish finish = Finish.values()[random.nextInt(4)];
      Label label = label("t", "tell me", response.toString().strip(), finish);
      if (filters.reason(label).isPresent()) {
        dropped++;
        assertFalse(
            errors(label.prompt(), label.response(), finish).isEmpty(),
            label + " " + filters.reason(label));
      }
    }
    assertTrue(dropped > 1000, "only " + dropped);
  }

  @Test
  void theTableCountsDroppedLabelsToo() {
    LabelErrors table =
        LabelErrors.count(
            new LabelFilters.Result(
                List.of(
                    label("fact", "is it so", "yes .", Finish.STOP_TOKEN),
                    label("fact", "is it so", "no .", Finish.STOP_TOKEN),
                    label("", "who", "nobody", Finish.STOP_TOKEN)),
                List.of(
                    new DroppedLabel(
                        "unfinished", label("fact", "is it so", "no and no", Finish.LENGTH)))),
            POOL,
            KNOWN);
    assertEquals(List.of("all", "fact"), table.types());
    assertEquals(
        """
        type,kind,labels,judged,errors,kept
        all,wrong,4,3,2,1
        all,off_format,4,3,1,0
        all,copies_pool,4,4,0,0
        all,copies_prompt,4,4,0,0
        all,unfinished,4,4,1,0
        all,repeats_itself,4,4,0,0
        all,empty,4,4,0,0
        all,any,4,4,2,1
        """,
        table.csv().lines().limit(9).map(line -> line + "\n").reduce("", String::concat));
    assertEquals(table, LabelErrors.parse(table.csv(), "label_errors.csv"));
    assertEquals(
        new LabelErrors.Row("fact", "wrong", 6, 6, 4, 2),
        table.plus(table).row("fact", "wrong").orElseThrow());
    // 2 of 3: the square root of (2/3 * 1/3) / 2.
    Measurement wrong = table.measurements("label_errors", 7).get(0);
    assertEquals("label_errors wrong", wrong.benchmark() + " " + wrong.metric());
    assertEquals(2 / 3.0, wrong.value(), 1e-12);
    assertEquals(1 / 3.0, wrong.standardError(), 1e-12);
  }

  /** A type called all would count twice under one name. */
  @Test
  void aTypeOfTheNameOfAllHasNoTableOfItsOwn() {
    LabelFilters.Result labels =
        new LabelFilters.Result(
            List.of(
                label("all", "who", "nobody", Finish.STOP_TOKEN),
                label("x", "who", "nobody", Finish.STOP_TOKEN)),
            List.of());
    LabelErrors table = LabelErrors.count(labels, POOL, KnownAnswers.NONE);
    assertEquals(List.of("all", "x"), table.types());
    assertEquals(0, table.row("all", "wrong").orElseThrow().judged());
    assertEquals(2, table.row("all", "empty").orElseThrow().judged());
  }

  @Test
  void aFileWithOtherColumnsIsRefused() {
    assertThrows(UserError.class, () -> LabelErrors.parse("type,kind\nall,wrong\n", "x.csv"));
  }

  /** A folder whose first round an earlier version has labelled goes on, and says what is there. */
  @Test
  void aRoundThatIsLabelledAlreadyGetsNoTable() throws IOException {
    List<Integer> stopped = new ArrayList<>();
    Evaluator once =
        (model, round, place, cancel) -> {
          if (round == 1 && stopped.isEmpty()) {
            stopped.add(round);
            throw new CancellationException();
          }
          return World.evaluation(model, round, place, cancel);
        };
    assertThrows(CancellationException.class, () -> run(once));
    Path first = folder.resolve("round-1/" + LabelErrors.FILE);
    assertTrue(Files.deleteIfExists(first));
    run(once);
    assertFalse(Files.exists(first));
    assertEquals(Optional.empty(), LabelErrors.read(folder, 1));
    assertEquals(List.of("all", "even", "odd"), LabelErrors.read(folder, 2).orElseThrow().types());
    assertEquals(
        2, RunTables.labelErrors(folder).intColumn("round").countUnique(), "rounds 2 and 3");
  }

  private void run(Evaluator evaluation) {
    SoftRun.resume(World.inputs(24), World.settings(), folder, false)
        .execute(World.model(Integer.MAX_VALUE), evaluation, RunEvents.NONE, Cancellation.NEVER);
  }
}
