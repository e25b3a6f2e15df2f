package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Resolved;
import org.soft4j.core.SettingKey;
import org.soft4j.eval.OverlongPolicy;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.settings.Settings;
import org.soft4j.study.Study;

/**
 * Every setting of {@code generate}, {@code score}, {@code label}, {@code train}, {@code eval} and
 * {@code judge} is seen: with it the command asks its models, prints or writes something else than
 * without it. Those of {@code run} are held by the tests of {@link EveryOptionTest}.
 */
@Tag("slow")
class CommandSettingsTest {
  /** Settings that only an endpoint or a cluster sees, and what a judge may cost. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "endpoint.model",
          "endpoint.plain_texts",
          "endpoint.concurrency",
          "judge.concurrency",
          // A command brings a real adapter, which scripted models have none of.
          "training.command",
          "cost.price_in",
          "cost.price_out",
          "cost.max_cost",
          "cost.yes",
          "cluster.master",
          "cluster.gradients",
          "cluster.instructions",
          "cluster.send_jars");

  @TempDir Path folder;

  private final Map<String, OptionRuns.Option> values = new TreeMap<>();
  private final Map<List<String>, String> plain =
      new TreeMap<>((a, b) -> ("" + a).compareTo("" + b));
  private int runs;

  @BeforeEach
  void list() throws IOException {
    values.putAll(EveryModelOptionTest.options(folder).byKey());
    values.putAll(EveryDataOptionTest.options(folder).byKey());
    values.putAll(EveryRoundOptionTest.options(folder).byKey());
    values.putAll(EveryLabelOptionTest.options(folder).byKey());
    values.putAll(EveryTrainingOptionTest.options(folder).byKey());
    values.putAll(EveryJudgeOptionTest.options(folder).byKey());
    put("model.adapter", values.get("judge.adapter").value());
    put("model.apply_chat_template", "true");
    put("generation.max_new_tokens", "5");
    put("generation.temperature", "0.5");
    put("generation.top_p", "0.5");
    put("generation.top_k", "3");
    put("generation.stop", "b,c");
    put("protocol.name", "pair");
    put("protocol.bench", "vicuna_bench");
    put("protocol.questions", questions("three"), "--references", references("three"));
    String other = "protocol.references=" + references("three");
    put(
        "protocol.references",
        references("four"),
        "--questions",
        questions("three"),
        "--set",
        other);
    put("protocol.baseline", "one", "--protocol", "pair");
    put("protocol.limit", "1");
  }

  private void put(String key, String value, String... with) {
    values.put(key, new OptionRuns.Option(value, Set.of(), List.of(with)));
  }

  private String questions(String word) throws IOException {
    return write(
        word + "/question",
        "{\"question_id\": 1, \"category\": \"c\", \"turns\": [\"%s?\"]}\n".formatted(word)
            + "{\"question_id\": 68, \"category\": \"math\", \"turns\": [\"two?\"]}\n");
  }

  private String references(String word) throws IOException {
    return write(
        word + "/reference_answer/gpt-4",
        "{\"question_id\": 68, \"choices\": [{\"turns\": [\"%s\"]}]}\n".formatted(word));
  }

  /** A folder of FastChat's sets: two benches with the same numbers of other questions. */
  private String sets(String name, String prompts) throws IOException {
    for (String bench : List.of("vicuna_bench", "mt_bench")) {
      questions(name + "/fastchat/" + bench);
      references(name + "/fastchat/" + bench);
    }
    write(name + "/fastchat/judge_prompts", prompts);
    return folder.resolve(name).toString();
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfGenerateIsSeen() throws IOException {
    String input = write("prompts", "{\"prompt\": \"<q> a <a>\"}\n{\"prompt\": \"b\"}\n");
    return seen("generate", "--model", "m", "--input", input, "--output", "@/out.jsonl");
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfScoreIsSeen() throws IOException {
    String input = write("pairs", "{\"context\": \"a\", \"continuation\": \"b\"}\n");
    return seen("score", "--model", "m", "--input", input, "--output", "@/out.jsonl");
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfLabelIsSeen() throws IOException {
    StringBuilder prompts = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      prompts.append("{\"id\": \"%s\", \"prompt\": \"ask %s\"}\n".formatted(i, i));
    }
    String asked = write("asked", prompts.toString());
    put("filters.blacklist", "after 0");
    return seen(
        "label",
        "--model",
        "m",
        "--preset",
        "micro",
        "--template",
        "micro",
        "--prompts",
        asked,
        "--pool",
        "helpful",
        "--out",
        "@/out");
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfTrainIsSeen() throws IOException {
    String prompts = values.get("data.prompts").value();
    Shell labels =
        Shell.run(
            new WatchedModels(folder),
            "label",
            "--model",
            "m",
            "--template",
            "micro",
            "--prompts",
            prompts,
            "--pool",
            "helpful",
            "--out",
            folder.resolve("labelled").toString());
    assertEquals(0, labels.code(), labels.err());
    return seen(
        "train",
        "--model",
        "m",
        "--preset",
        "micro",
        "--template",
        "micro",
        "--labels",
        folder + "/labelled/labels.jsonl",
        "--out",
        "@/out");
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfEvalIsSeen() {
    put("data.pool", "micro", "--shots", "1");
    put("data.shots_of", "micro_truth=2");
    put("eval.demonstrations_per_item", "true", "--shots", "2");
    put("seed", "7", "--shots", "1");
    return seen(
        "eval",
        "--model",
        "m",
        "--tasks",
        "micro_truth,micro_answers,alpaca_eval",
        "--limit",
        "3",
        "--judge",
        "judge-model",
        "--out",
        "@/out");
  }

  @TestFactory
  Stream<DynamicTest> everySettingOfJudgeIsSeen() throws IOException {
    assumeTrue(fastChat().isPresent(), "SOFT4J_DATA holds no FastChat sets");
    Path answers = Files.createDirectories(folder.resolve("answers"));
    for (String model : List.of("one", "two", "three")) {
      String line = "{\"question_id\": %s, \"choices\": [{\"turns\": [\"%s\"]}]}\n";
      Files.writeString(
          answers.resolve(model + ".jsonl"), line.formatted(1, model) + line.formatted(68, model));
    }
    String prompts = Files.readString(fastChat().orElseThrow().resolve("judge_prompts.jsonl"));
    put("data.folder", sets("other", prompts));
    put("judge.temperature", "0.5");
    put("judge.max_tokens", "99");
    put("judge.verdicts", "fastchat");
    return seen(
        "judge",
        "--judge",
        "m",
        "--answers",
        answers.toString(),
        "--data",
        sets("one", prompts),
        "--out",
        "@/out");
  }

  private static Optional<Path> fastChat() {
    return Optional.ofNullable(System.getenv("SOFT4J_DATA"))
        .map(data -> Path.of(data, "fastchat"))
        .filter(Files::exists);
  }

  private Stream<DynamicTest> seen(String... words) {
    return SettingKey.of(Settings.class).stream()
        .filter(key -> key.isFor(words[0]) && !ELSEWHERE.contains(key.key()))
        .map(key -> DynamicTest.dynamicTest(key.key(), () -> seen(key, words)));
  }

  private void seen(SettingKey key, String... words) {
    String name = OptionRuns.named(key);
    OptionRuns.Option option = values.get(name);
    List<String> with = new ArrayList<>(option.with());
    if (words[0].equals("eval") && !with.toString().contains("data.folder=")) {
      with.addAll(List.of("--set", "data.options.alpaca_eval.file=" + alpaca()));
    }
    assumeTrue(!with.contains("vicuna") || fastChat().isPresent(), "no FastChat sets");
    String without = plain.computeIfAbsent(with, w -> happens(words, w));
    List<String> more = new ArrayList<>(with);
    more.addAll(List.of("--set", name + "=" + option.value()));
    assertFalse(happens(words, more).equals(without), words[0] + " does not see " + name);
  }

  private String alpaca() {
    try {
      return write(
          "alpaca",
          "[{\"instruction\": \"Say <q> hi <a>\", \"output\": \"Hi.\", \"generator\": \"base\","
              + " \"dataset\": \"d\"}]");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a command asks its models, prints and writes. */
  private String happens(String[] words, List<String> more) {
    Path home = folder.resolve("happens-" + runs++);
    WatchedModels models = new WatchedModels(home);
    List<String> line = new ArrayList<>();
    for (int i = 0; i < words.length; i += i == 0 ? 1 : 2) {
      boolean again = i > 0 && (more.contains(words[i]) || sets(words[i], more));
      if (!again) {
        Stream.of(words).skip(i).limit(i == 0 ? 1 : 2).forEach(line::add);
      }
    }
    line.addAll(more);
    line.replaceAll(word -> word.replace("@", home.toString()));
    Shell shell = Shell.run(models, line.toArray(String[]::new));
    // The watched judge writes no verdict, with which eval keeps its files and ends with 2.
    boolean unread = shell.err().contains("No verdict of the judge scripted could be read");
    assertEquals(unread ? 2 : 0, shell.code(), line + ": " + shell.err());
    // What was asked for stands in eval.json whether or not it is seen, and times differ.
    String written =
        models.asked()
            + shell.out().replaceAll("(?m)^measured in.*$", "")
            + OptionRuns.files(home, ".*(labels|dropped|out|summary|shot)\\.jsonl?");
    return written.replace(home.toString(), "");
  }

  /** A flag would win over {@code --set}. */
  private static boolean sets(String flag, List<String> more) {
    return SettingKey.of(Settings.class).stream()
        .filter(key -> key.setting().flag().equals(flag))
        .anyMatch(key -> more.stream().anyMatch(word -> word.startsWith(key.key() + "=")));
  }

  @Test
  void whatOnlyAnEndpointSeesReachesItsCalls() {
    Settings settings =
        set(
            "endpoint.concurrency=3",
            "endpoint.plain_texts=true",
            "judge.concurrency=2",
            "cost.price_in=1",
            "cost.price_out=2",
            "cost.max_cost=5",
            "cost.yes=true");
    assertEquals(3, settings.endpoint().calls().concurrency());
    assertTrue(settings.endpoint().calls().texts().name().equals("AS_THEY_ARE"));
    assertEquals(2, settings.judge().calls().concurrency());
    CostGate gate = settings.cost().gate(Optional.empty());
    assertEquals(Optional.of(new CostGate.Prices(1, 2)), gate.prices());
    assertEquals(5, gate.maxCost().getAsDouble());
    assertTrue(gate.yes());
  }

  @Test
  void aStudyIsMadeOfItsSettings() {
    Study study =
        Study.micro(
            set(
                "study.seeds=2",
                "study.worlds=3,1",
                "eval.overlong=refuse",
                "eval.drop_reasoning=true"));
    assertEquals(List.of(0L, 1L), study.seeds());
    assertEquals(List.of(3, 1), study.worlds());
    assertEquals(OverlongPolicy.REFUSE, study.measured().answers().overlong());
    assertTrue(study.measured().answers().dropReasoning());
  }

  private static Settings set(String... assignments) {
    Resolved<Settings> settings = Resolved.defaults(Settings.DEFAULT);
    for (String assignment : assignments) {
      settings = settings.set(assignment, "test");
    }
    return settings.value();
  }
}
