package org.soft4j.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyResultTest {
  private static final double[] SINGLE = {0.50, 0.52, 0.54};
  private static final double[] SOFT = {0.60, 0.64, 0.62};

  @Test
  void valuesAreMeansOverWorldsWithIntervalsOverSeeds() {
    String text = words(result().text());
    // Means over both worlds equal the seeds' values; sd 0.02, t(0.975, 2) = 4.303, / sqrt 3:
    // 0.0497
    assertTrue(text.contains("single, round 1 52.0 ± 5.0"), text);
  }

  @Test
  void differencesArePairedOverSeeds() {
    // 0.10, 0.12, 0.08: mean 0.10, sd 0.02; the interval leaves out 0
    String text = words(result().text());
    assertTrue(text.contains("soft − single +10.0 ± 5.0 *"), text);
  }

  @Test
  void everyValueStandsInTheCsv() {
    // a header, then 2 worlds x 3 seeds x 2 conditions
    assertEquals(13, result().csv().lines().count());
    assertTrue(result().csv().contains("1,soft,0,0.001,3,micro_truth mc1,0.55"), result().csv());
  }

  @Test
  void everyConditionHasAFamilyWithARate() {
    Condition.all().forEach(c -> assertTrue(Condition.FAMILIES.contains(c.family()), c.name()));
    assertEquals(
        Condition.all().size(), Condition.all().stream().map(Condition::name).distinct().count());
  }

  private static String words(String table) {
    return table.replaceAll(" +", " ");
  }

  private static StudyResult result() {
    List<Cell> cells = new ArrayList<>();
    for (int world = 1; world <= 2; world++) {
      double shift = world == 1 ? -0.05 : 0.05;
      for (int seed = 0; seed < 3; seed++) {
        cells.add(cell(world, "single", seed, 1, SINGLE[seed] + shift));
        cells.add(cell(world, "soft", seed, 3, SOFT[seed] + shift));
      }
    }
    return new StudyResult(cells, Map.of("single", 1e-3, "soft", 1e-3, "soft+", 1e-3));
  }

  private static Cell cell(int world, String condition, int seed, int round, double value) {
    double rounded = Math.round(value * 1e6) / 1e6;
    return new Cell(
        world,
        condition,
        seed,
        1e-3,
        CellRunner.TEST,
        List.of(new Cell.Scores(round, Map.of("micro_truth mc1", rounded))));
  }
}
