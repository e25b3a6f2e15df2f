package org.soft4j.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.CategorySeries;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.eval.EvaluationSettings.AnswerRules;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.MultipleChoiceItem;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import org.soft4j.soft.Method;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Each step of a round alone, on the embedded model. */
@Tag("slow")
class LabTest {
  private static Lab lab;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    SoftSession session =
        SoftSession.micro()
            .method(Method.SOFT)
            .rounds(3)
            .seed(5)
            .limit(20)
            .tasks(List.of("micro_truth"));
    lab = Lab.open(session);
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  @Test
  void theStepsByHandTrainTheAdapterThatARunTrains() throws IOException {
    SessionResult run = lab.run(folder.resolve("run").toString());

    Table labels = lab.base().label(lab.prompts(1));
    LabModel trained = lab.base().train(labels);

    Table kept = labels.where(labels.stringColumn("dropped").isEqualTo(""));
    Table ofRun = run.labels().where(run.labels().intColumn("round").isEqualTo(1));
    assertEquals(ofRun.stringColumn("response").asList(), kept.stringColumn("response").asList());
    assertArrayEquals(
        weights(run.folder().resolve("round-1/adapter")), weights(trained.folder().orElseThrow()));
    assertEquals(
        run.training().where(run.training().doubleColumn("round").isEqualTo(1)).rowCount(),
        trained.training().rowCount());
  }

  /**
   * A run in a notebook once took the lab's model for every model that it opens, such as a judge.
   */
  @Test
  void onlyTheRunsOwnModelIsLentAndOthersAreOpened() {
    List<ModelChoice> opened = new ArrayList<>();
    SoftSession session =
        SoftSession.micro()
            .rounds(1)
            .limit(2)
            .shots(List.of(0))
            .tasks(List.of("micro_truth"))
            .set("training.epochs", "1")
            .evaluationDevice("cpu");
    ModelOpener opener =
        choice -> {
          opened.add(choice);
          return LocalOpening.open(choice);
        };
    try (Lab other = Lab.open(session, opener, Labs.Listener.SILENT)) {
      other.run(folder.resolve("placed").toString());
    }
    ModelChoice own = session.plan().values().model().choice();
    assertEquals(own, opened.get(0));
    assertEquals(
        List.of(own.on("cpu"), own.on("cpu")),
        opened.stream().skip(1).map(choice -> choice.with(Optional.empty())).toList());
    assertTrue(opened.get(2).adapter().isPresent(), "round 1 is measured with its adapter");
  }

  /** What a session says of benchmarks' answers holds for a step of a lab as for a run. */
  @Test
  void theRulesForAnswersReachAnEvaluation() {
    Lab refusing =
        lab.set("eval.overlong", "refuse").set("eval.drop_reasoning", true).tasks("micro_answers");
    assertEquals(
        new AnswerRules(OverlongPolicy.REFUSE, true),
        refusing.session().plan().values().eval().answers());
    Task overlong =
        new Task(
            new TaskCard(
                "long",
                "1",
                "Beyond the window",
                "made up",
                "one question",
                List.of(new MetricCard("acc", "the right choice is the likeliest", 0.5)),
                List.of()),
            List.of(
                new MultipleChoiceItem(
                    "long",
                    "is it so ? ".repeat(1000),
                    (shots, question) -> question,
                    List.of(" yes", " no"),
                    0)));
    assertEquals(1, lab.base().evaluate(List.of(overlong), List.of(0)).measurements().size());
    UserError refused =
        assertThrows(
            UserError.class, () -> refusing.base().evaluate(List.of(overlong), List.of(0)));
    assertTrue(refused.getMessage().contains("does not fit"), refused.getMessage());
  }

  private static byte[] weights(Path adapter) throws IOException {
    return Files.readAllBytes(adapter.resolve("adapter_model.safetensors"));
  }

  @Test
  void trainingRaisesTheZeroShotScoreAndLeavesTheBaseModelAsItWas() {
    Evaluation before = lab.base().evaluate(List.of(0));
    LabModel trained = lab.base().train(lab.base().label(lab.prompts(1)));

    Evaluation after = trained.evaluate(List.of(0));
    Table compared = before.compare(after);

    // One round over a third of the prompts; three rounds reach about 0.9 from about 0.2.
    assertTrue(after.value("micro_truth mc2", 0) > before.value("micro_truth mc2", 0) + 0.1);
    assertEquals(before.measurements(), lab.base().evaluate(List.of(0)).measurements());
    assertEquals(List.of("base"), compared.stringColumn("first").unique().asList());
    assertEquals(List.of("round 1"), compared.stringColumn("second").unique().asList());
    assertEquals(20, before.samples().rowCount());
    assertEquals(2, before.chart("micro_truth mc2", after).getSeriesCollection().size());
  }

  @Test
  void aContextShowsTheDrawnDemonstrationsAndThenThePrompt() {
    String prompt = lab.prompts().stringColumn("prompt").get(0);
    Table drawn = lab.draw(prompt);

    String context = lab.context(prompt);

    assertEquals(3, drawn.rowCount());
    for (String response : drawn.stringColumn("response")) {
      assertTrue(context.contains(response), context);
    }
    assertTrue(context.contains(prompt));
    assertEquals(context, lab.context(prompt, drawn));
    assertEquals(2, lab.draw(prompt, 2, 9).rowCount());
  }

  @Test
  void labelsCanBeEditedBeforeTheyAreLearned() {
    // Words of the micro vocabulary, as an answer that no prompt of the world has.
    String mine = "sure , sure .";
    Table labels =
        Table.create(
            StringColumn.create("prompt", lab.prompts().stringColumn("prompt").first(8).asList()),
            StringColumn.create("response", Collections.nCopies(8, mine)));
    String prompt = labels.stringColumn("prompt").get(0);

    LabModel trained =
        lab.set("training.epochs", 8).set("training.batch_size", 2).base().train(labels);

    assertEquals(mine, trained.answer(prompt));
    assertNotEquals(mine, lab.base().answer(prompt));
  }

  @Test
  void anInterruptStopsALongCallSoonAndTheLabGoesOn() throws InterruptedException {
    Table many = repeated(40);
    Thread cell = Thread.currentThread();
    long[] interrupted = {0};
    Thread user =
        new Thread(
            () -> {
              pause(700);
              interrupted[0] = System.nanoTime();
              cell.interrupt();
            });
    user.start();

    assertThrows(CancellationException.class, () -> lab.base().label(many));

    double seconds = (System.nanoTime() - interrupted[0]) / 1e9;
    // Well under a second where nothing else runs; the whole call takes minutes.
    assertTrue(seconds < 10, seconds + " s");
    assertFalse(Thread.interrupted(), "the interrupt was used up");
    user.join();
    assertEquals(2, lab.base().label(lab.prompts().first(2)).rowCount());
  }

  /** A user interrupts a cell and runs it again: nothing that was finished is done twice. */
  @Test
  void whatWasStoppedGoesOnWithTheSameCall() throws IOException {
    boolean[] stop = {true};
    long[] advanced = {0};
    Labs.Listener user =
        new Labs.Listener(
            () ->
                (what, total, unit) ->
                    units -> {
                      advanced[0] += units;
                      if (stop[0] && advanced[0] >= total / 4) {
                        stop[0] = false;
                        Thread.currentThread().interrupt();
                      }
                    },
            line -> {});
    Table prompts = lab.prompts().first(64);
    Lab peace = lab.set("labelling.chunk", 8).set("training.batch_size", 2);
    Table labels = peace.base().label(prompts);
    LabModel trained = peace.base().train(labels);
    try (Lab other = Lab.open(peace.session(), LocalOpening::open, user)) {
      StoppedWork labelling = assertThrows(StoppedWork.class, () -> other.base().label(prompts));
      assertTrue(
          labelling.getMessage().matches("stopped; \\d+ of 64 are kept in .*"),
          labelling::toString);
      assertEquals(labels.print(), other.base().label(prompts).print());
      stop[0] = true;
      advanced[0] = 0;
      StoppedWork training = assertThrows(StoppedWork.class, () -> other.base().train(labels));
      assertTrue(training.getMessage().contains(" steps are kept in "), training::toString);
      LabModel again = other.base().train(labels);
      assertEquals(trained.training().print(), again.training().print());
      assertArrayEquals(
          weights(trained.folder().orElseThrow()), weights(again.folder().orElseThrow()));
    }
  }

  private static Table repeated(int times) {
    Table all = lab.prompts().emptyCopy();
    for (int i = 0; i < times; i++) {
      all.append(lab.prompts());
    }
    return all.replaceColumn(
        "id", IntColumn.indexColumn("id", all.rowCount(), 0).asStringColumn().setName("id"));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPoolOfOnesOwnIsDrawnFrom() {
    Lab other = lab.pool(lab.pool().first(3));

    assertEquals(3, other.set("seed", 6).pool().rowCount());
    assertEquals(3, other.draw("how are you ?").rowCount());
  }

  /** A Java list's own words, "[a, b]", would be texts with brackets, which no label holds. */
  @Test
  void aListIsSetAsItsTexts() {
    List<String> phrases = List.of("as an ai , i can not", "sorry");
    assertEquals(phrases, lab.set("filters.blacklist", phrases).settings().filters().blacklist());
  }

  @Test
  void answersAreCountedByTypeAgainstTheRulesOfTheWorld() {
    Table pool = lab.pool();
    Table wrong =
        pool.copy()
            .replaceColumn(
                StringColumn.create("response", Collections.nCopies(pool.rowCount(), "no idea .")));

    Table counted = lab.accuracy(Map.of("the pool itself", pool));
    Table none = lab.accuracy(Map.of("nonsense", wrong));

    // The pool holds right answers alone, ten of each of the three types.
    assertEquals("100.0 ± 0.0", counted.stringColumn("fact").get(0));
    assertEquals("100.0 ± 0.0", counted.stringColumn("all").get(0));
    assertEquals(30, counted.intColumn("count").get(0));
    assertEquals("0.0 ± 0.0", none.stringColumn("all").get(0));
    assertEquals(
        List.of("fact", "harm", "how", "all"),
        lab.accuracyChart("pool", Map.of("a", pool)).getSeriesCollection().stream()
            .map(CategorySeries::getName)
            .toList());
  }

  @Test
  void aRunIsMeasuredAtTheNumbersOfDemonstrationsAskedFor() {
    Lab zeroShot = lab.shots(0);

    assertEquals(1, zeroShot.base().evaluate().scores().intColumn("shots").countUnique());
    UserError none = assertThrows(UserError.class, () -> lab.shots());
    UserError below = assertThrows(UserError.class, () -> lab.shots(0, -1));
    assertTrue(none.remedy().contains("one or more"), none::toString);
    assertTrue(below.getMessage().contains("-1"), below::toString);
  }

  @Test
  void replicatesRunEveryConditionUnderEverySeed() {
    Lab quick = lab.shots(0).limit(4).set("rounds", 1).set("training.epochs", 1);

    Replicates runs = new Replicates(folder.resolve("many").toString(), 3, 2).run("one", quick);

    Table scores = runs.scores("micro_truth mc2");
    assertEquals(List.of(0, 1), scores.intColumn("round").asList());
    assertEquals(List.of(2, 2), scores.intColumn("seeds").asList());
    assertTrue(Files.exists(folder.resolve("many/one/seed-3/run.json")));
    assertTrue(Files.exists(folder.resolve("many/one/seed-4/run.json")));
  }

  @Test
  void aUsersFaultsAreToldInWords() {
    Table nameless = Table.create(StringColumn.create("text", "a"));
    UserError column = assertThrows(UserError.class, () -> lab.base().label(nameless));
    UserError score =
        assertThrows(
            UserError.class, () -> lab.base().evaluate(List.of(0)).value("micro_truth mc9", 0));
    UserError model =
        assertThrows(UserError.class, () -> lab.with(SoftSession.micro().model("micro-2")));
    UserError round = assertThrows(UserError.class, () -> lab.prompts(4));

    assertTrue(column.getMessage().contains("prompt"), column::toString);
    assertTrue(score.remedy().contains("micro_truth mc2"), score::toString);
    assertTrue(model.remedy().contains("labs.open"), model::toString);
    assertTrue(round.remedy().contains("1 to 3"), round::toString);
  }
}
