package org.soft4j.study.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.eval.CrossedComparison.Spread;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.StudySettings;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.study.grid.Vary;

class ContrastTest {
  private static Map<String, List<String>> contrasts(String... vary) {
    StudyDesign design =
        StudyDesign.of(
            SoftSession.micro(), List.of(vary).stream().map(Vary::parse).toList(), Map.of());
    Map<String, List<String>> words = new LinkedHashMap<>();
    Contrast.of(design)
        .forEach(c -> words.put(c.words(), c.pairs().stream().map(Contrast.Pair::words).toList()));
    return words;
  }

  @Test
  void aClaimIsTestedByConditionsThatDifferInItAlone() {
    Map<String, List<String>> words =
        contrasts("demonstrations=random,fixed", "split=fresh,reused");
    assertEquals(
        List.of("soft − single", "soft, fixed − single, fixed"),
        words.get("Rounds beat the single round"));
    assertEquals(
        List.of(
            "soft − soft, reused",
            "soft, fixed − soft, fixed, reused",
            "soft+ − soft+, reused",
            "soft+, fixed − soft+, fixed, reused"),
        words.get("Fresh prompts beat reused ones"));
    assertEquals(5, words.get("Random demonstrations beat fixed ones").size());
    assertEquals(4, words.get("SOFT+, easy to hard, beats SOFT").size());
    // A single round has no late ones.
    assertEquals(8, words.get("Late rounds collapse, and validation stops before").size());
  }

  @Test
  void whatNoClaimIsAboutIsADifference() {
    Map<String, List<String>> words = contrasts("training.rank=4,8");
    assertEquals(
        List.of(
            "single, training.rank 8 − single",
            "soft, training.rank 8 − soft",
            "soft+, training.rank 8 − soft+"),
        words.get("training.rank 8 against 4"));
  }

  @Test
  void latexPrintsNamesAsTheyAre() {
    assertEquals(
        "50\\,\\% of a\\_b \\& \\{c\\} \\textbackslash{}input\\#1",
        "50\\,\\% of " + StudyTables.escaped("a_b & {c} \\input#1"));
  }

  /** Half of the answers that change do so under every seed alike. */
  @Test
  void theAssumedSpreadIsThatOfTheAnswersThatChange() {
    StudySettings settings = SoftSession.micro().plan().values().study();
    Spread spread = StudyPower.assumed(settings);
    assertEquals(
        settings.changed(), Math.pow(spread.item(), 2) + Math.pow(spread.rest(), 2), 1e-12);
    assertEquals(0.01, spread.seed());
    // More items and more seeds see smaller differences.
    assertTrue(spread.detectable(3, 400, 0.8, 0.05) < spread.detectable(3, 200, 0.8, 0.05));
    assertTrue(spread.detectable(6, 200, 0.8, 0.05) < spread.detectable(3, 200, 0.8, 0.05));
  }
}
