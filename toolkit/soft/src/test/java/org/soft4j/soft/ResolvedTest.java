package org.soft4j.soft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;

class ResolvedTest {
  @Test
  void laterLayersWinAndAreRemembered() {
    Resolved<SoftSettings> settings =
        Resolved.defaults(SoftSettings.DEFAULT)
            .with(Map.of("training.rank", "16", "rounds", "5"), "preset big")
            .withConfig("{\"settings\":{\"rounds\":4}}", "run.json")
            .set("training.rank=32", "command line");
    assertEquals(32, settings.value().training().rank());
    assertEquals(4, settings.value().rounds());
    assertEquals("command line", settings.origins().get("training.rank"));
    assertEquals("config run.json", settings.origins().get("rounds"));
    assertEquals("default", settings.origins().get("seed"));
  }

  @Test
  void settingsSurviveJson() {
    SoftSettings settings =
        Resolved.defaults(SoftSettings.DEFAULT)
            .set("method=single", "x")
            .set("filters.blacklist=a, b", "x")
            .set("seed=9007199254740993", "x")
            .value();
    assertEquals(Method.SINGLE, settings.method());
    assertEquals(List.of("a", "b"), settings.filters().blacklist());
    assertEquals(9007199254740993L, settings.seed());
    assertEquals(
        settings,
        Resolved.defaults(SoftSettings.DEFAULT).withConfig(Json.pretty(settings), "f").value());
  }

  // Before, the phrase became "As an AI" and "I cannot", of which each alone dropped labels, and
  // a JSON list became texts with brackets, which none holds.
  @Test
  void aListMayBeJsonSoThatAnEntryHoldsAComma() {
    assertEquals(
        List.of("As an AI, I cannot", "sorry"),
        Resolved.defaults(SoftSettings.DEFAULT)
            .set("filters.blacklist=[\"As an AI, I cannot\", \"sorry\"]", "x")
            .value()
            .filters()
            .blacklist());
    assertTrue(problem("filters.blacklist=[a, b]").contains("or a JSON list of texts"));
    assertTrue(problem("filters.blacklist=[\"a\"] b").contains("or a JSON list of texts"));
    assertTrue(problem("filters.blacklist=[1]").contains("or a JSON list of texts"));
  }

  @Test
  void slipsAreExplained() {
    assertTrue(problem("training.rnak=4").contains("Did you mean training.rank?"));
    assertTrue(problem("learning_rate=4").contains("Did you mean training.learning_rate?"));
    assertTrue(problem("training.rank=four").contains("it needs a whole number"));
    assertTrue(problem("training.rank=0").contains("training.rank is 0; it must be 1 or more"));
    assertTrue(problem("rounds").contains("not of the form key=value"));
  }

  @Test
  void aWordThatIsNoValueIsToldTheValuesInTheirOwnSpelling() {
    assertEquals(
        "UserError: method cannot be \"sof\". Did you mean soft? Choose among: single, soft, soft+.",
        refusal("method=sof").toString());
    assertEquals(
        "UserError: curriculum.order cannot be \"foo\"."
            + " Choose among: "
            + "by_method, none, easy_to_hard, hard_to_easy, random.",
        refusal("curriculum.order=foo").toString());
  }

  private static String problem(String assignment) {
    return refusal(assignment).getMessage();
  }

  private static UserError refusal(String assignment) {
    return assertThrows(
        UserError.class,
        () -> Resolved.defaults(SoftSettings.DEFAULT).set(assignment, "command line"));
  }
}
