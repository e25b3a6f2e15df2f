package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Resolved;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.lm.scripted.ScriptedModel;

/** Whole runs with a scripted model. */
@Tag("slow")
class SoftRunTest {
  @TempDir Path temp;

  private SoftResult run(String name, Resolved<SoftSettings> settings) {
    return SoftRun.start(World.inputs(24), settings, temp.resolve(name))
        .execute(
            World.model(Integer.MAX_VALUE), World::evaluation, RunEvents.NONE, Cancellation.NEVER);
  }

  private static Resolved<SoftSettings> with(Map<String, String> values) {
    return World.settings().with(values, "test");
  }

  @Test
  void stopKeepsTheRoundBeforeTheCollapse() {
    // The scripted model grows until its second training and collapses at the third; the patience
    // of 1 then ends a run of seven rounds after round 3.
    SoftResult result =
        SoftRun.start(
                World.inputs(28),
                with(Map.of("rounds", "7", "validation.patience", "1")),
                temp.resolve("collapse"))
            .execute(World.model(3), World::evaluation, RunEvents.NONE, Cancellation.NEVER);
    assertEquals(2, result.keptRound());
    assertEquals(3, result.rounds());
    assertTrue(result.stoppedEarly(), result.reason());
    assertTrue(result.trained().orElseThrow().endsWith("round-2/adapter"));
    // Labels of round 3 were still written by the model of round 2, so they look healthy.
    assertTrue(collapse(result, 3, "token_entropy") > 0.1);
    assertTrue(collapse(result, 3, "distinct_1") > 0.3);
  }

  private static double collapse(SoftResult result, int round, String metric) {
    return result.measurements().stream()
        .filter(m -> m.round() == round && m.benchmark().equals("labels"))
        .filter(m -> m.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void interruptedRunsEndWithTheSameBytes() throws IOException {
    Resolved<SoftSettings> settings = with(Map.of("labelling.chunk", "3", "training.epochs", "3"));
    run("undisturbed", settings);
    Map<String, String> expected = files(temp.resolve("undisturbed"));
    Random random = new Random(7);
    for (int attempt = 0; attempt < 12; attempt++) {
      Path folder = temp.resolve("killed-" + attempt);
      int kills = killUntilDone(settings, folder, random, attempt % 2 == 0);
      assertTrue(kills > 0, "the run was never disturbed");
      assertEquals(expected, files(folder), "after " + kills + " interruptions");
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Interrupts again and again, by an exception from inside a listener or by a cancellation. */
  private int killUntilDone(
      Resolved<SoftSettings> settings, Path folder, Random random, boolean violently) {
    for (int kills = 0; ; kills++) {
      int[] left = {3 + random.nextInt(90)};
      Cancellation countdown =
          () -> {
            if (--left[0] < 0 && violently) {
              throw new Killed();
            }
            return left[0] < 0;
          };
      try {
        SoftRun.resume(World.inputs(24), settings, folder, false)
            .execute(World.model(Integer.MAX_VALUE), World::evaluation, RunEvents.NONE, countdown);
        return kills;
      } catch (Killed | CancellationException e) {
        assertTrue(kills < 200, "no progress");
      }
    }
  }

  /** Asks the countdown at every event too: those come right after a file is written. */
  private static RunEvents listening(Cancellation countdown) {
    return new RunEvents() {
      @Override
      public void finished(String stage, int round) {
        countdown.check();
      }

      @Override
      public void note(String line) {
        countdown.check();
      }

      @Override
      public void advanced(String stage, int round, long by) {
        countdown.check();
      }
    };
  }

  /** Content of every file but the timings. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path p : inside.filter(Files::isRegularFile).toList()) {
        if (!p.endsWith("timings.jsonl")) {
          contents.put(folder.relativize(p).toString(), Files.readString(p));
        }
      }
    }
    return contents;
  }

  @Test
  void eachPromptIsUsedOnceUnlessReuseIsAsked() {
    // 24 prompts in 3 rounds: 8 each; reuse has the first 8 in every round.
    run("disjoint", with(Map.of("method", "soft")));
    run("reuse", with(Map.of("method", "soft", "split.reuse", "true")));
    assertEquals(24, ids("disjoint").size());
    assertEquals(8, ids("reuse").size());
    assertEquals(24, RunTables.prompts(temp.resolve("reuse")).rowCount());
  }

  private Set<String> ids(String name) {
    return new HashSet<>(RunTables.prompts(temp.resolve(name)).stringColumn("prompt_id").asList());
  }

  @Test
  void softPlusLearnsTheEasiestOfEveryTypeFirst() {
    // World's prompts are harder the higher their number; types alternate, so that each of the
    // three rounds must hold 4 of either type, the numbers rising from round to round.
    run("plus", World.settings());
    var splits = RunTables.prompts(temp.resolve("plus"));
    for (int row = 0; row < splits.rowCount(); row++) {
      int number = Integer.parseInt(splits.stringColumn("prompt_id").get(row).substring(1));
      assertEquals(number / 8 + 1, splits.intColumn("round").get(row), "prompt " + number);
    }
    assertEquals(24, RunTables.curriculum(temp.resolve("plus")).rowCount());
  }

  @Test
  void currentModelMayScoreAndEveryPromptIsStillUsedOnce() {
    run("current", with(Map.of("curriculum.scorer", "current", "curriculum.where", "both")));
    assertEquals(24, ids("current").size());
  }

  @Test
  void attachedDemonstrationsAreTheOnesOfTheDifficulty() {
    // Drawn for round 0 where attached; drawn anew for round t where not.
    run("attached", World.settings());
    run("redrawn", with(Map.of("curriculum.attached", "false")));
    Labeller labeller =
        new Labeller(
            World.pool(),
            ContextTemplate.MICRO,
            new DemonstrationChoice.RandomPerPrompt(2),
            LabelSettings.DEFAULT,
            0);
    var first = RunTables.labels(temp.resolve("attached"));
    String id = first.stringColumn("prompt_id").get(0);
    var prompt =
        World.inputs(24).prompts().stream()
            .filter(p -> p.id().equals(id))
            .findFirst()
            .orElseThrow();
    String expected =
        String.join(" ", labeller.demonstrations(prompt, 0).stream().map(d -> d.id()).toList());
    assertEquals(expected, first.stringColumn("demonstrations").get(0));
    assertFalse(
        first
            .stringColumn("demonstrations")
            .asList()
            .equals(
                RunTables.labels(temp.resolve("redrawn")).stringColumn("demonstrations").asList()));
  }

  @Test
  void singleRoundTakesTheSameNumberOfSteps() {
    // 24 prompts, 3 rounds of 8, batches of 3, 1 epoch: 3 x ceil(8/3) = 9; alone ceil(24/3) = 8.
    run("soft", with(Map.of("method", "soft")));
    run("single", with(Map.of("method", "single")));
    assertEquals(9, RunTables.training(temp.resolve("soft")).rowCount());
    assertEquals(9, RunTables.training(temp.resolve("single")).rowCount());
    assertEquals(24, RunTables.labels(temp.resolve("single")).rowCount());
  }

  @Test
  void aFullTrainingWritesAModelAndTheNextRoundStartsFromIt() {
    SoftResult full = run("full", with(Map.of("training.method", "full")));
    SoftResult adapters = run("adapters", with(Map.of()));
    assertTrue(full.trained().orElseThrow().endsWith("round-" + full.keptRound() + "/model"));
    assertFalse(Files.exists(full.folder().resolve("round-1/adapter")));
    ScriptedModel model = World.model(Integer.MAX_VALUE);
    model.useModel(full.folder().resolve("round-3/model"));
    assertEquals(3, model.trainings());
    // The scripted model learns alike in both, so everything measured is the same.
    assertEquals(adapters.measurements(), full.measurements());
  }

  @Test
  void restartFromBaseStacksNothing() {
    SoftResult result =
        run("restart", with(Map.of("round.start", "base", "round.labels", "accumulated")));
    ScriptedModel model = World.model(Integer.MAX_VALUE);
    model.useAdapter(result.folder().resolve("round-3/adapter"));
    assertEquals(1, model.trainings());
    // 8, 16 and 24 labels in batches of 3: 3 + 6 + 8 steps.
    assertEquals(17, RunTables.training(result.folder()).rowCount());
  }

  @Test
  void otherSettingsAreRefusedOnResumeUnlessAllowedAndThenRecorded() throws IOException {
    run("changed", World.settings());
    Resolved<SoftSettings> other = with(Map.of("training.rank", "4"));
    Path folder = temp.resolve("changed");
    UserError error =
        assertThrows(
            UserError.class, () -> resume(SoftRun.resume(World.inputs(24), other, folder, false)));
    assertTrue(error.getMessage().contains("settings.training.rank was 8 and is 4"));
    assertTrue(error.remedy().contains("--allow-changes"), error.remedy());
    resume(SoftRun.resume(World.inputs(24), other, folder, true));
    assertTrue(
        Files.readString(folder.resolve("run.json")).contains("settings.training.rank was 8"));
    assertThrows(
        UserError.class, () -> resume(SoftRun.start(World.inputs(24), World.settings(), folder)));
  }

  /** Rounds by two rules of scoring would stand in one table as if they could be compared. */
  @Test
  void aRunBegunByOtherRulesIsGoneOnWithOnlyWhereItIsAllowed() throws IOException {
    Path folder = temp.resolve("older");
    run("older", World.settings());
    Path record = folder.resolve("run.json");
    String older = Files.readString(record).replaceFirst("\"rules\" : 2,\\s*", "");
    Files.writeString(record, older);
    resume(SoftRun.resume(World.inputs(24), World.settings(), folder, false));
    assertEquals(older, Files.readString(record), "nothing was added to a finished run");
    Files.delete(folder.resolve("result.json"));
    UserError error =
        assertThrows(
            UserError.class,
            () -> resume(SoftRun.resume(World.inputs(24), World.settings(), folder, false)));
    assertTrue(error.getMessage().contains("rules was 1 and is 2"), error.getMessage());
    resume(SoftRun.resume(World.inputs(24), World.settings(), folder, true));
    assertTrue(Files.readString(record).contains("rules was 1 and is 2"));
  }

  @Test
  void otherShotsOfTheBenchmarksAreRefusedOnResume() {
    Path folder = temp.resolve("shots");
    resume(SoftRun.start(measuredAt("0,1"), World.settings(), folder));
    UserError error =
        assertThrows(
            UserError.class,
            () -> resume(SoftRun.resume(measuredAt("0"), World.settings(), folder, false)));
    assertTrue(error.getMessage().contains("sources.shots was \"0,1\" and is \"0\""));
  }

  private static SoftInputs measuredAt(String shots) {
    SoftInputs inputs = World.inputs(24);
    return new SoftInputs(
        inputs.prompts(),
        inputs.pool(),
        inputs.template(),
        inputs.validation(),
        inputs.benchmarkTexts(),
        Map.of("shots", shots));
  }

  @Test
  void anEvaluationIsNotTakenForARunsFolder() throws IOException {
    Files.writeString(temp.resolve("eval.json"), "{}");
    assertThrows(
        UserError.class, () -> resume(SoftRun.start(World.inputs(24), World.settings(), temp)));
    assertEquals(Map.of("eval.json", "{}"), files(temp));
  }

  private static void resume(SoftRun run) {
    run.execute(
        World.model(Integer.MAX_VALUE), World::evaluation, RunEvents.NONE, Cancellation.NEVER);
  }

  @Test
  void wrongInputsAreUserErrors() {
    assertThrows(UserError.class, () -> IclPool.of(List.of()));
    UserError few =
        assertThrows(
            UserError.class,
            () -> resume(SoftRun.start(World.inputs(2), World.settings(), temp.resolve("few"))));
    assertTrue(few.getMessage().contains("2 prompts cannot be shared out among 3 rounds"));
    assertFalse(Files.exists(temp.resolve("few")));
    try (RunFolder held =
        CompletableFuture.supplyAsync(() -> RunFolder.open(temp.resolve("held"))).join()) {
      UserError busy =
          assertThrows(
              UserError.class,
              () -> resume(SoftRun.start(World.inputs(24), World.settings(), held.root())));
      assertTrue(busy.getMessage().contains("in use by other work of this process"));
    }
  }

  @Test
  void validationMayBeABenchmark() {
    SoftResult result = run("named", with(Map.of("validation.measure", "growth:trainings:0")));
    assertEquals(3, result.keptRound());
    UserError error =
        assertThrows(
            UserError.class,
            () -> run("unknown", with(Map.of("validation.measure", "growth:x:0"))));
    assertTrue(error.remedy().contains("growth:trainings:0"), error.remedy());
  }
}
