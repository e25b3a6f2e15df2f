package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.SettingKey;
import org.soft4j.settings.Settings;

/** {@code soft4j settings} tells all there is to know of every setting. */
@Tag("slow")
class SettingsCommandTest {
  private static final String ALL = Shell.run("settings").out();
  private static final Path PAGE = Path.of("../docs/settings.md");

  @Test
  void thePageIsMadeFromTheSettings() throws IOException {
    assertEquals(
        Shell.run("settings", "--markdown").out(),
        Files.readString(PAGE),
        "docs/settings.md is not what the settings are; make it again from the root folder:"
            + " ./soft4j settings --markdown > docs/settings.md");
  }

  @Test
  void everySettingIsListedIn80Columns() {
    List<String> lines = ALL.lines().toList();
    for (SettingKey key : SettingKey.of(Settings.class)) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith(key.key())), key.key());
    }
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > 80).toList());
    assertFalse(ALL.contains("NaN"), ALL);
  }

  @Test
  void oneSettingIsToldWhole() {
    assertEquals(
        """
        training.max_length
            Longest example in tokens.
                default: 1024; preset smollm2: 512
                values: whole number, 2 or more (tokens)
                for: run, study, train
        """,
        Shell.run("settings", "training.max_length").out());
  }

  /** A flag is a name too, and a command whose default is another one is told. */
  @Test
  void aFlagNamesItsSetting() {
    assertEquals(
        """
        seed  --seed
            Seed of everything drawn at random.
                default: 0; eval: 1
                values: whole number
                for: run, study, label, train, eval, generate, chat
        """,
        Shell.run("settings", "--", "--seed").out());
  }

  @Test
  void aPrefixListsAGroup() {
    String out = Shell.run("settings", "validation").out();
    assertTrue(out.startsWith("validation: Which round is kept.\nvalidation.measure\n"), out);
    assertTrue(out.lines().allMatch(line -> line.matches("( .*|validation[.:].*)")), out);
  }

  /** Expected ranges: those of the records' own checks, read by hand. */
  @ParameterizedTest
  @CsvSource({
    "rounds, 'whole number, 1 or more'",
    "filters.min_words, 'whole number, 0 or more'",
    "training.dropout, 'number, 0 to 0.95'",
    "training.alpha, 'number, above 0 to 1000000'",
    "labelling.top_p, 'number, above 0 to 1'",
    "generation.temperature, 'number, 0 or more'",
    "seed, whole number",
    "method, 'single, soft, soft+'",
    "curriculum.order, 'by_method, none, easy_to_hard, hard_to_easy, random'",
    "eval.overlong, 'auto, cut, refuse'",
    "filters.empty, 'true, false'",
    "model.device, 'auto, cpu, gpu:N'"
  })
  void theValuesAreThoseThatTheSettingTakes(String key, String values) {
    String all = ALL.replaceAll("\\n +", " ");
    String told =
        all.lines().filter(line -> line.matches(key + "( .*)?")).findFirst().orElse("no " + key);
    assertTrue(told.contains("values: " + values + " "), told);
  }

  @ParameterizedTest
  @CsvSource({
    "training.rnak, training.rank",
    "rank, training.rank",
    "traning, training",
    "eval_device, eval.device"
  })
  void aSlipIsToldWhatWasMeant(String typed, String meant) {
    Shell shell = Shell.run("settings", typed);
    assertEquals(2, shell.code());
    assertEquals(
        """
        error: There is no setting "%s". Did you mean %s?
          ./soft4j settings lists all of them, ./soft4j settings split a group.
        """
            .formatted(typed, meant),
        shell.err());
  }
}
