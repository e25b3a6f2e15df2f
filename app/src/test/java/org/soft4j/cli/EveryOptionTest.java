package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Json;
import org.soft4j.core.Progress;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.run.RunPlan;
import org.soft4j.run.SoftSession;
import org.soft4j.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The tree of settings, key by key: each has a text, an origin and a command that takes it; a value
 * set in any way is the same plan; what a command does not take is refused with what it is for.
 * That each is seen by its stage, is held by the tests named in {@link #options}.
 */
class EveryOptionTest {
  private static final List<String> COMMANDS =
      List.of(
          "run", "label", "train", "eval", "judge", "generate", "chat", "score", "study", "tasks");

  /** Flags that say where files are, how it is shown, and which settings are begun with. */
  private static final Set<String> NO_SETTING =
      Set.of(
          "--wait",
          "--out",
          "--resume",
          "--live",
          "--track",
          "--allow-changes",
          "--set",
          "--config",
          "--preset",
          "--debug",
          "--help",
          "--version",
          "--input",
          "--output",
          "--labels",
          "--answers",
          "--log-samples",
          "--plan",
          "--power",
          "--vary",
          "--system");

  private static final List<SettingKey> KEYS = SettingKey.of(Settings.class);
  private static final List<SettingKey> OF_RUN =
      KEYS.stream().filter(key -> key.isFor("run")).toList();

  @TempDir Path folder;

  private final CommandLine commands =
      Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT));

  /** The tests of all settings. */
  private Map<String, OptionRuns.Option> options() throws IOException {
    Map<String, OptionRuns.Option> all = new TreeMap<>();
    all.putAll(EveryModelOptionTest.options(folder).byKey());
    all.putAll(EveryDataOptionTest.options(folder).byKey());
    all.putAll(EveryRoundOptionTest.options(folder).byKey());
    all.putAll(EveryLabelOptionTest.options(folder).byKey());
    all.putAll(EveryTrainingOptionTest.options(folder).byKey());
    all.putAll(EveryJudgeOptionTest.options(folder).byKey());
    return all;
  }

  @Test
  void everySettingOfARunIsTestedAtItsStages() throws IOException {
    Set<String> known = new TreeSet<>();
    OF_RUN.stream().map(OptionRuns::named).forEach(known::add);
    // What a run may cost changes no result: see CommandSettingsTest.
    known.removeIf(key -> key.startsWith("cost."));
    // A server gives what the model gives: see ServedRunTest.
    known.removeIf(key -> key.startsWith("server."));
    // Executors give what one machine gives: see LocalClusterTest.
    known.removeIf(key -> key.startsWith("cluster."));
    // A command brings a real adapter, which scripted models have none of: see TrainingCommandTest.
    known.remove("training.command");
    assertEquals(known, options().keySet());
  }

  @Test
  void everyFlagOfACommandIsASettingOrSaysWhereFilesAre() {
    Set<String> settings = new TreeSet<>(NO_SETTING);
    KEYS.forEach(key -> settings.add(key.setting().flag()));
    for (String command : COMMANDS) {
      for (OptionSpec option : commands.getSubcommands().get(command).getCommandSpec().options()) {
        assertTrue(
            settings.contains(option.longestName()), command + " has " + option.longestName());
      }
    }
  }

  @Test
  void everyKeyHasATextAnOriginAndACommand() {
    Map<String, String> origins = Resolved.defaults(Settings.DEFAULT).origins();
    for (SettingKey key : KEYS) {
      assertTrue(key.setting().value().endsWith("."), key.key());
      assertTrue(key.setting().flag().matches("|--[a-z-]+"), key.setting().flag());
      assertTrue(
          key.open() || key.kind() == Map.class || origins.containsKey(key.key()), key.key());
      assertFalse(key.commands().isEmpty(), key.key() + " is for no command");
      assertTrue(COMMANDS.containsAll(key.commands()), key.key());
    }
  }

  /** Before, {@code label --set training.rank=4} was taken and did nothing. */
  @TestFactory
  Stream<DynamicTest> whatACommandDoesNotTakeIsRefusedWithWhatItIsFor() {
    return COMMANDS.stream()
        .map(command -> DynamicTest.dynamicTest(command, () -> refusesOthers(command)));
  }

  private void refusesOthers(String command) {
    Resolved<Settings> settings = Resolved.defaults(Settings.DEFAULT).forCommand(command);
    CommandLine line = commands.getSubcommands().get(command);
    for (SettingKey key : KEYS) {
      String name = OptionRuns.named(key);
      String flag = key.setting().flag();
      if (key.isFor(command)) {
        assertEquals(key, settings.known(name));
        assertTrue(
            command.equals("tasks")
                || flag.isEmpty()
                || line.getCommandSpec().findOption(flag) != null,
            command + " has no " + flag);
      } else {
        UserError error = assertThrows(UserError.class, () -> settings.known(name), name);
        assertTrue(
            error.getMessage().startsWith(command + " does not take " + name + ", which is for "),
            error::toString);
        assertTrue(error.getMessage().contains(key.commands().get(0)), error::toString);
        assertTrue(error.getMessage().endsWith(key.setting().value()), error::toString);
      }
    }
  }

  @Test
  void aFlagOfAnotherCommandIsToldWhatItIsFor() {
    Shell shell = Shell.run("label", "--rounds", "2");
    assertEquals(2, shell.code());
    assertEquals(
        "error: label does not take --rounds, which is for run: Number of rounds; the paper"
            + " studies 3 to 7; single always makes one.",
        shell.err().lines().findFirst().orElseThrow());
  }

  /** A file for a whole run serves one stage; what no stage of a run takes is refused. */
  @Test
  void aFileOfSettingsMayBeForAWholeRun() throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, "{\"training\": {\"rank\": 4}, \"labelling\": {\"top_k\": 3}}");
    Resolved<Settings> run = Resolved.defaults(Settings.DEFAULT).forCommand("label", "run");
    assertEquals(3, run.withConfig(Files.readString(file), "f").value().soft().labelling().topK());
    assertThrows(UserError.class, () -> run.withConfig("{\"generation\": {\"top_k\": 3}}", "f"));
  }

  /** Any key, any flag's name and the last part of any key are told apart from a slip. */
  @Test
  void aSlipIsToldTheSettingThatWasMeant() {
    Map.of(
            "limit=2", "data.limit",
            "eval_device=cpu", "eval.device",
            "eval.devise=cpu", "eval.device",
            "judge.repeat=2", "judge.repeats",
            "promts=a.jsonl", "data.prompts",
            "model=micro-2", "model.name",
            "judge=micro-2", "judge.model")
        .forEach(
            (typed, meant) ->
                assertEquals(
                    Optional.of(
                        "There is no setting \"%s\". Did you mean %s?"
                            .formatted(typed.replaceFirst("=.*", ""), meant)),
                    refused(typed)));
    assertEquals(Optional.of("There is no setting \"out\". It is a flag."), refused("out=x"));
  }

  /** A value set in any way is the same plan, tells its origin, and survives run.json. */
  @TestFactory
  Stream<DynamicTest> everyKeyIsTheSameBySetByFlagByNotebookAndFromRunJson() throws IOException {
    Map<String, OptionRuns.Option> options = options();
    return OF_RUN.stream()
        .filter(key -> options.containsKey(OptionRuns.named(key)))
        .map(
            key ->
                DynamicTest.dynamicTest(
                    key.key(), () -> everyWay(key, options.get(OptionRuns.named(key)).value())));
  }

  private void everyWay(SettingKey key, String value) throws IOException {
    String name = OptionRuns.named(key);
    SoftSession before = SoftSession.micro().set("judge.model", "judge-model");
    SoftSession coded = before.set(name, value, "notebook");
    assertEquals("notebook", coded.plan().settings().origins().get(name));
    assertFalse(coded.plan().values().equals(before.plan().values()), name + " has the default");
    assertEquals(
        coded.plan().values(), before.set(name, value).plan().values(), "by code and notebook");
    Resolved<Settings> bySet = parsed(before, List.of("--set", name + "=" + value));
    assertEquals(coded.plan().values(), bySet.value(), "by --set");
    assertEquals("command line: --set", bySet.origins().get(name));
    String flag = key.setting().flag();
    if (!flag.isEmpty()) {
      String word = key.open() ? "micro.world=" + value : value;
      Resolved<Settings> byFlag =
          parsed(before, key.kind() == boolean.class ? List.of(flag) : List.of(flag, word));
      assertEquals(coded.plan().values(), byFlag.value(), "by " + flag);
      assertEquals("command line: " + flag, byFlag.origins().get(name));
    }
    recorded(coded, name);
  }

  private Resolved<Settings> parsed(SoftSession before, List<String> typed) {
    List<String> words = new ArrayList<>(List.of("run", "micro"));
    words.addAll(typed);
    commands.parseArgs(words.toArray(String[]::new));
    CommandLine run = commands.getSubcommands().get("run");
    return ((RunCommand) run.getCommand()).changes().over(before.plan().settings());
  }

  private void recorded(SoftSession session, String name) throws IOException {
    Settings values = session.plan().values();
    ObjectNode run = Json.mapper().createObjectNode();
    run.set("settings", Json.mapper().valueToTree(values.soft()));
    run.set("sources", Json.mapper().valueToTree(session.plan().sources()));
    run.putObject("model")
        .put("device", values.model().device())
        .put("dtype", values.model().dtype());
    Path file = Files.writeString(folder.resolve("run.json"), run.toString());
    RunPlan again = SoftSession.like(file).plan();
    assertEquals(values, again.values(), "from run.json");
    assertEquals("config " + file, again.settings().origins().get(name));
  }

  /** A server takes whole texts, so that a cut was asked for and none was made. */
  @Test
  void aCutIsRefusedWhereTheModelRunsElsewhere() {
    StringWriter err = new StringWriter();
    int code =
        OptionRuns.commands(new WatchedModels(folder))
            .setErr(new PrintWriter(err))
            .execute(
                "eval",
                "--model",
                "http://127.0.0.1:9/v1#m",
                "--tasks",
                "micro_answers",
                "--overlong",
                "cut",
                "--out",
                "" + folder.resolve("cut"));
    assertEquals(2, code, err.toString());
    assertTrue(err.toString().contains("--overlong cut is for models that run here"), "" + err);
    assertFalse(Files.exists(folder.resolve("cut")));
  }

  private Optional<String> refused(String setting) {
    StringWriter err = new StringWriter();
    int code =
        OptionRuns.commands(new WatchedModels(folder))
            .setErr(new PrintWriter(err))
            .execute("run", "micro", "--set", setting, "--out", "" + folder.resolve("none"));
    assertEquals(2, code, err.toString());
    return err.toString().lines().map(line -> line.replaceFirst("^error: ", "")).findFirst();
  }
}
