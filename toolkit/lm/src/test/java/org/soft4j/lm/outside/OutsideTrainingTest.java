package org.soft4j.lm.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Cancellation;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.tokenizer.UserText;

/** The embedded micro model, trained by {@link StandInTrainer} in a process of its own. */
@Timeout(120)
class OutsideTrainingTest {
  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private LocalModel model;
  private int width;

  @BeforeEach
  void open() {
    model =
        LocalModel.open(
            EmbeddedModels.unpack("micro-1", folder.resolve("models")),
            OpenSettings.AUTO.with("cpu", "float32").withThreads(1));
    width = model.source().architecture().hiddenSize();
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static List<TrainingExample> examples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TrainingExample("ask " + UserText.mark("it " + i), " say " + i))
        .toList();
  }

  private TrainingOutput output(String name) {
    return new TrainingOutput(folder.resolve(name), folder.resolve(name + "-checkpoint"));
  }

  private ReturnedAdapter train(String command, String name, Cancellation cancel) {
    return new OutsideTraining(TrainerCommand.parse(command), folder.resolve(name + ".log"))
        .train(model, examples(3), output(name), said::add, cancel);
  }

  private UserError refused(String how) {
    UserError error =
        assertThrows(
            UserError.class,
            () -> train(StandInTrainer.command(width, how), how, Cancellation.NEVER));
    assertFalse(Files.exists(folder.resolve(how)), "nothing is taken over");
    return error;
  }

  @Test
  void anAdapterIsTakenOverWithItsLog() throws IOException {
    ReturnedAdapter returned =
        train(StandInTrainer.command(width, "well"), "first", Cancellation.NEVER);
    assertEquals(ReturnedAdapter.Relation.FIRST, returned.relation());
    assertEquals(4, returned.rank());
    assertEquals(List.of("q_proj"), returned.targetModules());
    assertEquals(3, returned.examples());
    assertEquals(List.of("step 1", "step 2", "step 3", "learned 3 examples on micro-1"), said);
    assertEquals(said, Files.readAllLines(folder.resolve("first.log")));
    model.useAdapter(folder.resolve("first"));
    // As TRL's SFTTrainer takes them; marks are for this process's tokenizers alone.
    assertEquals(
        "{\"prompt\":\"ask it 0\",\"completion\":\" say 0\"}",
        Files.readAllLines(folder.resolve("first-checkpoint/examples.jsonl")).get(0));
  }

  @Test
  void whetherItContinuesOrStacksIsSeen() {
    train(StandInTrainer.command(width, "well"), "first", Cancellation.NEVER);
    model.useAdapter(folder.resolve("first"));
    ReturnedAdapter continued =
        train(StandInTrainer.command(width, "well"), "continued", Cancellation.NEVER);
    assertEquals(ReturnedAdapter.Relation.CONTINUES, continued.relation());
    assertEquals(4, continued.rank());
    ReturnedAdapter stacked =
        train(StandInTrainer.command(width, "stacks"), "stacked", Cancellation.NEVER);
    assertEquals(ReturnedAdapter.Relation.STACKS, stacked.relation());
    assertEquals(8, stacked.rank());
    String alone = StandInTrainer.command(width, "well").replace("{previous}", "''");
    assertEquals(
        ReturnedAdapter.Relation.FRESH, train(alone, "fresh", Cancellation.NEVER).relation());
  }

  @Test
  void aFailingTrainerIsToldWithItsLastLines() {
    UserError error = refused("fails");
    assertEquals(
        "The trainer ended with code 3. Its last lines: step 1 / step 2 / step 3 / learned 3"
            + " examples on micro-1 / RuntimeError: no memory",
        error.problem());
    assertTrue(error.remedy().contains("fails.log"), error.remedy());
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    Map.of(
            "nothing", "wrote no adapter_config.json into {out}",
            "other-base", "belongs to \"/elsewhere/other-model\"",
            "wide", "as a matrix of shape",
            "zero", "every number of its B is 0",
            "nan", "has NaN in model.layers.0.self_attn.q_proj.weight")
        .forEach(
            (how, words) -> {
              String message = refused(how).getMessage();
              assertTrue(message.contains(words), how + ": " + message);
            });
  }

  @Test
  void aProgramThatIsNotThereIsToldWithItsName() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> train("no-such-trainer {examples} {out}", "no", Cancellation.NEVER));
    assertTrue(error.getMessage().contains("no-such-trainer"), error.getMessage());
  }

  @Test
  void aStopEndsTheTrainerAndWhatItHasStarted() throws IOException {
    Path begun = folder.resolve("hangs-checkpoint/out/begun.txt");
    StoppedWork stopped =
        assertThrows(
            StoppedWork.class,
            () ->
                train(StandInTrainer.command(width, "hangs"), "hangs", () -> Files.exists(begun)));
    assertTrue(stopped.getMessage().contains("is kept in"), stopped.getMessage());
    assertFalse(StandInTrainer.alive(begun));
    // The same training finds what was left; one with other examples does not.
    train(StandInTrainer.command(width, "well"), "hangs", Cancellation.NEVER);
    assertTrue(said.remove("goes on with what was left"), said.toString());
    Files.writeString(begun, "");
    new OutsideTraining(
            TrainerCommand.parse(StandInTrainer.command(width, "well")), folder.resolve("o.log"))
        .train(model, examples(2), output("hangs"), said::add, Cancellation.NEVER);
    assertFalse(said.contains("goes on with what was left"));
    assertEquals(4, PeftAdapter.read(folder.resolve("hangs")).rank());
  }

  /** Expected: as POSIX's shell parts words, tried with dash: {@code printf '<%s>' …}. */
  @Test
  void wordsArePartedAsAShellDoes() {
    assertEquals(
        List.of("a b", "c d", "e f", "g\\h", "", "i\"j", "$HOME", "{examples}{out}"),
        TrainerCommand.parse("'a b' \"c d\"  e\\ f \"g\\h\" '' \"i\\\"j\" $HOME {examples}{out}")
            .words());
  }

  @Test
  void placesAreChecked() {
    for (String[] wrong :
        new String[][] {
          {"train {examples}", "has no {out}"},
          {"train {out}", "has no {examples}"},
          {"train {examples} {out} {labels}", "the place {labels}"},
          {"train '{examples} {out}", "a quote (') that is not closed"}
        }) {
      UserError error = assertThrows(UserError.class, () -> TrainerCommand.parse(wrong[0]));
      assertTrue(error.getMessage().contains(wrong[1]), error.getMessage());
    }
    assertTrue(TrainerCommand.parse("t {examples} --out={out}").takes("out"));
    assertEquals(
        List.of("t", "/a b/e", "--out=/c"),
        TrainerCommand.parse("t {examples} --out={out}")
            .filled(Map.of("examples", "/a b/e", "out", "/c")));
  }
}
