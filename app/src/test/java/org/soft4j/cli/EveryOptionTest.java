package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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
import org.soft4j.run.RunSettings;
import org.soft4j.run.SoftSession;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option of {@code run}, flag or setting, reaches every stage that it concerns: a run with
 * the option asks its models something else, there, than the same run without. The options are
 * those of the command itself, so that a new one fails here until it says which stages see it.
 *
 * <p>The rounds are measured on a device of their own, where a flag was once lost, and judged.
 */
class EveryOptionTest {
  private static final Set<String> ALL =
      Set.of("difficulty", "label", "train", "measure", "validate");

  /** Flags that say where a run is kept, how it is shown and what it may cost. */
  private static final Set<String> NO_STAGE =
      Set.of(
          "--out",
          "--resume",
          "--allow-changes",
          "--set",
          "--config",
          "--price-in",
          "--price-out",
          "--max-cost",
          "--yes",
          "--debug",
          "--help",
          "--version");

  private static final Map<String, List<String>> SET_BY =
      Map.of(
          "--tasks", List.of("data.tasks"),
          "--limit", List.of("data.limit"),
          "--shots", List.of("data.shots"),
          "--judge", List.of("judge.model"),
          "--eval-device", List.of("eval.device"));
  private static final String ADAPTER = "model.adapter";
  // Of a run: it begins with a whole model.
  private static final List<SettingKey> KEYS =
      SettingKey.of(RunSettings.class).stream().filter(k -> !k.key().equals(ADAPTER)).toList();

  @TempDir Path folder;

  private final CommandLine commands =
      Main.commandLine(new Soft4j(LocalOpening::open, Progress.SILENT));
  private final Map<String, Option> options = new TreeMap<>();
  private final Map<List<String>, Map<String, List<String>>> plain = new HashMap<>();
  private int runs;

  /**
   * An option with a value that is not the default's.
   *
   * @param value empty for a flag that takes none
   * @param stages whose questions change with it; {@code result} is result.json, {@code record}
   *     run.json, {@code verdicts} what is told of all judgings
   * @param with what else the run is given, with and without the option
   */
  private record Option(String value, Set<String> stages, List<String> with) {}

  @BeforeEach
  void list() throws IOException {
    modelFlags();
    dataFlags();
    methodSettings();
    labelSettings();
    trainingSettings();
    judgeSettings();
    newKeys();
    aliases();
  }

  private void newKeys() {
    put("data.shots_of", "micro_truth=2", Set.of("measure"));
    put("data.headline", "micro_truth mc2", Set.of("record"));
    put("data.template", "plain", Set.of("record", "label"));
    put("eval.demonstrations_per_item", "false", Set.of("measure"), List.of("--shots", "2"));
    put("eval.scores_per_chunk", "2", Set.of("measure"));
    put("eval.texts_per_chunk", "2", Set.of("measure"));
  }

  /** Each flag's key takes the flag's value, and each key's flag that of the key. */
  private void aliases() {
    for (SettingKey key : KEYS) {
      String flag = key.setting().flag();
      String name = key.open() ? key.key() + ".micro.world" : key.key();
      if (!flag.isEmpty() && options.containsKey(flag)) {
        Option of = options.get(flag);
        String value = of.value.isEmpty() ? "true" : of.value.replaceFirst("^micro.world=", "");
        options.putIfAbsent(name, new Option(value, of.stages, of.with));
      } else if (!flag.isEmpty()) {
        options.putIfAbsent(flag, options.get(name));
      }
    }
  }

  private void modelFlags() {
    put("--model", "micro-2", ALL);
    put("--dtype", "bfloat16", ALL);
    put("--threads", "3", ALL);
    put("--bos", "on", ALL);
    put("--device", "gpu:1", Set.of("difficulty", "label", "train", "validate"));
    put("--eval-device", "gpu:2", Set.of("measure"));
    put("eval.device", "gpu:2", Set.of("measure"));
    put("--overlong", "cut", Set.of("measure"));
    put("eval.overlong", "cut", Set.of("measure"));
    put("--drop-reasoning", "", Set.of("measure"));
    put("eval.drop_reasoning", "true", Set.of("measure"));
  }

  private void dataFlags() throws IOException {
    Path prompts = folder.resolve("prompts.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      lines.append("{\"id\": \"%s\", \"type\": \"t\", \"prompt\": \"tell %s\"}\n".formatted(i, i));
    }
    Files.writeString(prompts, lines);
    Path pool = folder.resolve("pool.jsonl");
    Files.writeString(
        pool,
        lines.toString().replace("}", ", \"response\": \"it is so\"}").replace("tell", "say"));
    put("--prompts", prompts.toString(), Set.of("difficulty", "label", "train"));
    // No demonstration is learned from.
    put("--pool", pool.toString(), Set.of("difficulty", "label", "measure"));
    put("--tasks", "micro_hhh", Set.of("measure"));
    put("--shots", "2", Set.of("measure"));
    put("--limit", "2", Set.of("measure"));
    put("--option", "micro.world=2", ALL);
    put("--seed", "7", Set.of("difficulty", "label", "train", "measure"));
    put("seed", "7", Set.of("difficulty", "label", "train", "measure"));
  }

  private void methodSettings() {
    put("--method", "soft", Set.of("difficulty", "label", "train"));
    put("method", "single", Set.of("difficulty", "label", "train", "validate"));
    put("--rounds", "2", Set.of("label", "train", "measure", "validate"));
    put("rounds", "2", Set.of("label", "train", "measure", "validate"));
    put("split.reuse", "true", Set.of("label", "train"));
    put("split.benchmark_words", "2", Set.of("difficulty", "label", "train"));
    put("demonstrations.choice", "fixed", Set.of("difficulty", "label"));
    put("demonstrations.shots", "1", Set.of("difficulty", "label"));
    put("curriculum.order", "hard_to_easy", Set.of("label", "train"));
    put("curriculum.where", "within", Set.of("label", "train"));
    put("curriculum.difficulty", "prompt_perplexity", Set.of("difficulty", "label", "train"));
    put("curriculum.scorer", "current", Set.of("difficulty", "label", "train"));
    put("curriculum.context", "bare", Set.of("difficulty"));
    put("curriculum.attached", "false", Set.of("label"));
    put("curriculum.within_type", "false", Set.of("label", "train"));
    put("round.start", "base", Set.of("train"));
    put("round.labels", "accumulated", Set.of("train"));
    put("validation.measure", "micro_truth:mc1:0", Set.of("result"));
    List<String> flat = List.of("--set", "validation.min_delta=10");
    put("validation.early_stop", "false", Set.of("result", "label", "train"), flat);
    put("validation.patience", "1", Set.of("result", "label", "train"), flat);
    put("validation.min_delta", "10", Set.of("result"));
    put("validation.chunk", "7", Set.of("validate"));
  }

  private void labelSettings() {
    put("labelling.temperature", "0.3", Set.of("label", "difficulty"));
    put("labelling.top_p", "0.5", Set.of("label", "difficulty"));
    put("labelling.top_k", "9", Set.of("label", "difficulty"));
    put("labelling.max_new_tokens", "11", Set.of("label", "difficulty"));
    put("labelling.chunk", "5", Set.of("label", "difficulty"));
    put("filters.empty", "false", Set.of("train"), List.of("--set", "filters.min_words=0"));
    put("filters.min_words", "2", Set.of("train"));
    put("filters.unfinished", "false", Set.of("train"));
    put("filters.repeats", "0", Set.of("train"));
    put("filters.copies_prompt", "false", Set.of("train"));
    put("filters.copies_pool", "false", Set.of("train"));
    put("filters.blacklist", "after 1", Set.of("train"));
  }

  private void trainingSettings() {
    put("training.method", "full", Set.of("train", "measure"));
    put("training.target_modules", "q_proj", Set.of("train"));
    Map.of(
            "rank", "3",
            "alpha", "5",
            "dropout", "0.25",
            "learning_rate", "0.001",
            "warmup_steps", "1",
            "final_learning_rate_share", "0.5",
            "epochs", "1",
            "batch_size", "5",
            "tokens_per_micro_batch", "999",
            "clip_norm", "0.5")
        .forEach((key, value) -> put("training." + key, value, Set.of("train")));
    Map.of(
            "weight_decay", "0.1",
            "max_length", "77",
            "append_stop_token", "false",
            "checkpoint_every", "3")
        .forEach((key, value) -> put("training." + key, value, Set.of("train")));
  }

  private void judgeSettings() {
    put("--judge", "micro-2", Set.of("judge"));
    put("judge.model", "micro-2", Set.of("judge"));
    put("--judge-device", "gpu:3", Set.of("judge"));
    put("judge.device", "gpu:3", Set.of("judge"));
    put("judge.dtype", "bfloat16", Set.of("judge"));
    put("--judge-repeats", "2", Set.of("judge"));
    put("judge.repeats", "2", Set.of("judge"));
    put("judge.weighted", "true", Set.of("judge"));
    // AlpacaEval has its own bounds on replies, and endpoints alone are called side by side.
    List<String> vicuna = List.of("--tasks", "vicuna");
    put("--judge-max-tokens", "99", Set.of("judge"), vicuna);
    put("judge.max_tokens", "99", Set.of("judge"), vicuna);
    put("judge.pairwise", "false", Set.of("judge"), vicuna);
    put("judge.concurrency", "2", Set.of("record"));
    // The same replies, read by another rule.
    put("--judge-verdicts", "fastchat", Set.of("verdicts"));
    put("judge.verdicts", "alpaca_eval", Set.of("verdicts"));
  }

  private void put(String name, String value, Set<String> stages) {
    put(name, value, stages, List.of());
  }

  private void put(String name, String value, Set<String> stages, List<String> with) {
    options.put(name, new Option(value, stages, with));
  }

  @Test
  void everyFlagAndEverySettingIsListedHere() {
    Set<String> known = new TreeSet<>();
    KEYS.forEach(key -> known.add(key.open() ? key.key() + ".micro.world" : key.key()));
    CommandLine run = commands(new WatchedModels(folder)).getSubcommands().get("run");
    run.getCommandSpec().options().stream().map(OptionSpec::longestName).forEach(known::add);
    known.removeAll(NO_STAGE);
    assertEquals(known, options.keySet());
  }

  /** Round 1 would learn on the base alone, and its adapter would take the given one's place. */
  @Test
  void aRunTakesNoAdapterSinceItsRoundsWouldLoseIt() {
    assertEquals(
        Optional.of("The setting \"model.adapter\" means nothing to run."),
        refused(ADAPTER + "=" + folder));
    SoftSession session = SoftSession.micro().set(ADAPTER, folder.toString());
    UserError error = assertThrows(UserError.class, () -> session.run(folder.resolve("none")));
    assertTrue(error.getMessage().startsWith("A run begins with a whole model"), error::toString);
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

  @Test
  void everyKeyHasATextAndAnOrigin() {
    Map<String, String> origins = SoftSession.micro().plan().settings().origins();
    for (SettingKey key : KEYS) {
      assertTrue(key.setting().value().endsWith("."), key.key());
      assertTrue(
          key.open() || key.kind() == Map.class || origins.containsKey(key.key()), key.key());
    }
  }

  /** A value set in any way is the same plan, tells its origin, and survives run.json. */
  @TestFactory
  Stream<DynamicTest> everyKeyIsTheSameBySetByFlagByNotebookAndFromRunJson() {
    return KEYS.stream().map(key -> DynamicTest.dynamicTest(key.key(), () -> everyWay(key)));
  }

  private void everyWay(SettingKey key) throws IOException {
    String name = key.open() ? key.key() + ".micro.world" : key.key();
    String value = options.get(name).value;
    SoftSession before = SoftSession.micro().set("judge.model", "judge-model");
    SoftSession coded = before.set(name, value, "notebook");
    assertEquals("notebook", coded.plan().settings().origins().get(name));
    assertFalse(coded.plan().values().equals(before.plan().values()), name + " has the default");
    assertEquals(
        coded.plan().values(), before.set(name, value).plan().values(), "by code and notebook");
    Resolved<RunSettings> bySet = parsed(before, List.of("--set", name + "=" + value));
    assertEquals(coded.plan().values(), bySet.value(), "by --set");
    assertEquals("command line: --set", bySet.origins().get(name));
    String flag = key.setting().flag();
    if (!flag.isEmpty()) {
      String word = key.open() ? "micro.world=" + value : value;
      Resolved<RunSettings> byFlag =
          parsed(before, key.kind() == boolean.class ? List.of(flag) : List.of(flag, word));
      assertEquals(coded.plan().values(), byFlag.value(), "by " + flag);
      assertEquals("command line: " + flag, byFlag.origins().get(name));
    }
    recorded(coded, name);
  }

  private Resolved<RunSettings> parsed(SoftSession before, List<String> typed) {
    List<String> words = new ArrayList<>(List.of("run", "micro"));
    words.addAll(typed);
    commands.parseArgs(words.toArray(String[]::new));
    CommandLine run = commands.getSubcommands().get("run");
    return ((RunCommand) run.getCommand())
        .changes()
        .over(before.plan().settings(), run.getCommandSpec());
  }

  private void recorded(SoftSession session, String name) throws IOException {
    RunSettings values = session.plan().values();
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
        commands(new WatchedModels(folder))
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
        commands(new WatchedModels(folder))
            .setErr(new PrintWriter(err))
            .execute("run", "micro", "--set", setting, "--out", "" + folder.resolve("none"));
    assertEquals(2, code, err.toString());
    return err.toString().lines().map(line -> line.replaceFirst("^error: ", "")).findFirst();
  }

  @TestFactory
  Stream<DynamicTest> everyOptionIsSeenByItsStages() {
    return options.entrySet().stream()
        .map(
            option ->
                DynamicTest.dynamicTest(
                    option.getKey(), () -> seen(option.getKey(), option.getValue())));
  }

  private void seen(String name, Option option) {
    Optional<Path> data = Optional.ofNullable(System.getenv("SOFT4J_DATA")).map(Path::of);
    assumeTrue(
        !option.with.contains("vicuna")
            || data.filter(d -> Files.exists(d.resolve("fastchat"))).isPresent(),
        "SOFT4J_DATA holds no FastChat sets");
    Map<String, List<String>> without =
        plain.computeIfAbsent(option.with, with -> asked(List.copyOf(with)));
    List<String> given = new ArrayList<>(option.with);
    given.addAll(
        name.startsWith("--")
            ? option.value.isEmpty() ? List.of(name) : List.of(name, option.value)
            : List.of("--set", name + "=" + option.value));
    Map<String, List<String>> with = asked(given);
    for (String stage : option.stages) {
      assertFalse(
          with.getOrDefault(stage, List.of()).equals(without.getOrDefault(stage, List.of())),
          name + " is not seen by the stage " + stage);
    }
    assertTrue(
        with.get("record").toString().contains(option.value.replaceAll(".*=", "")),
        name + " is not in run.json");
  }

  private Map<String, List<String>> asked(List<String> given) {
    WatchedModels models = new WatchedModels(folder);
    Path out = folder.resolve("run-" + runs++);
    StringWriter err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("run", "micro", "--out", out.toString()));
    defaults().forEach((flag, value) -> arguments.addAll(given(given, flag, value)));
    arguments.addAll(given);
    arguments.addAll(List.of("--option", "alpaca_eval.file=" + alpaca()));
    int code =
        commands(models)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    assertEquals(0, code, given + ": " + err);
    Map<String, List<String>> asked = new TreeMap<>(models.asked());
    asked.put("result", List.of(read(out.resolve("result.json"))));
    asked.put("record", List.of(read(out.resolve("run.json"))));
    asked.put("verdicts", summaries(out));
    return asked;
  }

  private static List<String> summaries(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      return files
          .filter(file -> file.endsWith("summary.json"))
          .sorted()
          .map(EveryOptionTest::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> defaults() {
    return Map.of(
        "--tasks", "micro_truth,micro_answers,alpaca_eval",
        "--limit", "3",
        "--shots", "0",
        "--eval-device", "cpu",
        "--judge", "judge-model");
  }

  /** What the run has anyway, unless the option itself is that flag or its setting. */
  private static List<String> given(List<String> given, String flag, String value) {
    return given.contains(flag)
            || SET_BY.getOrDefault(flag, List.of()).stream()
                .anyMatch(key -> given.stream().anyMatch(word -> word.startsWith(key + "=")))
        ? List.of()
        : List.of(flag, value);
  }

  private Path alpaca() {
    Path file = folder.resolve("alpaca.json");
    try {
      return Files.writeString(
          file,
          "[{\"instruction\": \"Say <q> hi <a>\", \"output\": \"Hi.\", \"generator\": \"base\","
              + " \"dataset\": \"d\"}]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandLine commands(WatchedModels models) {
    return Main.commandLine(new Soft4j(models, Progress.SILENT));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
