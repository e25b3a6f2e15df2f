package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.datasets.micro.MicroAction;
import org.soft4j.datasets.micro.MicroFact;
import org.soft4j.datasets.micro.MicroSets;
import org.soft4j.datasets.micro.MicroType;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.run.RunData;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import org.soft4j.soft.KnownAnswers;

/** The small preset and the embedded small model, shortened. */
class SmallModelTest {
  @TempDir Path folder;

  private final MicroWorld world = MicroWorld.named("small-1");

  /** One step makes it write nothing sensible; what is asked of it is the world's all the same. */
  @Test
  void aModelOfOneStepRunsTwoRoundsInItsWorld() throws IOException {
    Path model = folder.resolve("small");
    Shell made =
        Shell.run(
            LocalOpening::open, "micro", "pretrain", "--size=small", "--steps=1", "--out=" + model);
    assertEquals(0, made.code(), made.err());
    Path prompts = folder.resolve("prompts.jsonl");
    Files.writeString(prompts, Json.lines(new MicroSets(world, 0).prompts().subList(0, 24)));
    SessionResult result =
        SoftSession.preset("small")
            .set("model.name", model.toString())
            .prompts(prompts)
            .rounds(2)
            .shots(List.of(0))
            .limit(4)
            .set("data.validation", "micro")
            .set("filters.unfinished", "false")
            .set("filters.repeats", "0")
            .run(folder.resolve("run"));
    assertTrue(Files.isRegularFile(result.report()));
    // Names of the small world, which the micro world does not know.
    String items = Files.readString(result.folder().resolve("tasks/micro_truth.jsonl"));
    assertTrue(world.entities().stream().anyMatch(items::contains), items);
    assertTrue(new MicroWorld(1).entities().stream().noneMatch(items::contains), items);
  }

  @Test
  void labelsAreJudgedByTheRulesOfTheSmallWorld() {
    KnownAnswers known = RunData.known(world);
    MicroFact fact = world.facts().get(0);
    String question = fact.question(5);
    assertEquals(Optional.of(true), known.right().apply(question, fact.alignedAnswer(3)));
    assertEquals(
        Optional.of(false), known.right().apply(question, fact.polite(2, fact.misconception())));
    assertEquals(Optional.of(true), known.inForm().apply(question, fact.alignedAnswer(2)));
    assertEquals(Optional.of(false), known.inForm().apply(question, fact.curt(3, fact.truth())));
    MicroAction misdeed = (MicroAction) world.topics(MicroType.HARM).get(0);
    assertEquals(
        Optional.of(true), known.right().apply(misdeed.question(3), misdeed.alignedAnswer(2)));
  }

  @Test
  void thePresetNamesModelAndWorld() {
    SoftSession session = SoftSession.preset("small");
    assertEquals("small-1", session.plan().values().model().name());
    assertEquals("small-1", session.world().orElseThrow().name());
    assertEquals("1", SoftSession.micro().world().orElseThrow().name());
  }

  /** A micro model has always been measured in world 1, unless another is named. */
  @Test
  void theModelChoosesTheWorldWhereNoneIsNamed() {
    assertEquals("small-1", named("small-1").world());
    assertEquals("small-1", named("small-1").places().options().get("micro.world"));
    assertEquals("1", named("micro-2").world());
    assertTrue(named("micro-2").places().options().isEmpty());
    assertEquals("1", named("models/my-own").world());
    var other = named("small-1").data().options();
    assertTrue(other.isEmpty(), other::toString);
  }

  private static Settings named(String model) {
    return Settings.asked(
            Resolved.defaults(Settings.DEFAULT), Map.of("model.name", model), key -> "test")
        .value();
  }
}
