package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.settings.PresetModel;
import org.soft4j.settings.Settings;

/** The presets for real reproductions, before their weights are here. */
class PresetPlanTest {
  @TempDir Path folder;

  /**
   * Numbers of weights as their makers count them: the sums of the tensors of the published files.
   */
  @ParameterizedTest
  @CsvSource({
    "llama2-7b, 6738415616, 159907840",
    "qwen2.5-7b, 7615616512, 161480704",
    "tinyllama-1.1b, 1100048384, 50462720"
  })
  void theShapeIsThatOfThePublishedWeights(String preset, long weights, long adapter) {
    ModelEstimate estimate =
        new ModelEstimate(
            PresetModel.of(preset).orElseThrow(), Settings.preset(preset).value().soft());
    assertEquals(weights, estimate.parameters());
    // Rank 64 on the seven projections: 64 x the sum of their inputs and outputs x the layers, by
    // hand from the shape.
    assertEquals(adapter, estimate.adapterNumbers());
    assertEquals(192, estimate.lastRank(), "three rounds of rank 64, stacked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2-7b", "qwen2.5-7b", "tinyllama-1.1b"})
  void everyValueOfThePresetSaysWhereItComesFrom(String preset) {
    Map<String, String> bare = new TreeMap<>();
    Settings.preset(preset)
        .origins()
        .forEach(
            (key, origin) -> {
              if (origin.startsWith("preset") && !origin.startsWith("preset " + preset + ": ")) {
                bare.put(key, origin);
              }
            });
    assertEquals(Map.of(), bare);
  }

  @Test
  void thePlanNeedsNoWeights() {
    assumeTrue(
        Files.isDirectory(Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"))),
        "SOFT4J_DATA is not set");
    RunOutline plan =
        SoftSession.preset("llama2-7b").outline(SoftSession.RunOptions.of(LocalOpening.OPENER));
    Map<String, String> lines =
        plan.lines().stream()
            .filter(line -> !line.name().isEmpty())
            .collect(Collectors.toMap(RunOutline.Line::name, RunOutline.Line::text));
    assertTrue(lines.get("model").contains("6,738,415,616 parameters by the config.json of"));
    assertTrue(lines.get("weights").contains("gated"), lines::toString);
    assertTrue(lines.get("judge").contains("give --judge"), lines::toString);
    // 2 bytes a weight: 13,476,831,232 / 2^30.
    assertTrue(lines.get("memory").startsWith("12.6 GiB for the weights"), lines::toString);
    assertTrue(lines.get("adapters").startsWith("the last round's has rank 192"), lines::toString);
    assertTrue(lines.get("time").startsWith("at most about "), lines::toString);
    List<String> text = plan.text();
    assertTrue(
        text.stream().anyMatch(line -> line.contains("training.learning_rate 1.0E-4: Dromedary-2")),
        () -> String.join("\n", text));
  }

  @Test
  void aRunWithoutWeightsSaysHowToGetThem() {
    UserError refused =
        assertThrows(
            UserError.class, () -> SoftSession.preset("llama2-7b").run(folder.resolve("run")));
    assertTrue(refused.remedy().contains("accept Meta's licence"), refused.remedy());
    assertTrue(refused.remedy().contains("run llama2-7b --model FOLDER"), refused.remedy());
  }
}
