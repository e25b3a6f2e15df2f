package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.soft4j.core.Progress;
import org.soft4j.core.SettingKey;
import org.soft4j.settings.Settings;
import picocli.CommandLine;

/**
 * Runs of {@code run micro} on watched models, with an option and without it: the option reaches a
 * stage where the stage then asks its models something else.
 *
 * <p>The rounds are measured on a device of their own, where a flag was once lost, and judged.
 */
final class OptionRuns {
  private static final Map<String, List<String>> SET_BY =
      Map.of(
          "--tasks", List.of("data.tasks"),
          "--limit", List.of("data.limit"),
          "--template", List.of("data.template"),
          "--shots", List.of("data.shots"),
          "--judge", List.of("judge.model"),
          "--eval-device", List.of("eval.device"));

  private final Path folder;
  private final Map<List<String>, Map<String, List<String>>> plain = new HashMap<>();
  private int runs;

  OptionRuns(Path folder) {
    this.folder = folder;
  }

  /**
   * An option with a value that is not the default's.
   *
   * @param value empty for a flag that takes none
   * @param stages whose questions change with it; {@code result} is result.json, {@code record}
   *     run.json, {@code verdicts} what is told of all judgings
   * @param with what else the run is given, with and without the option
   */
  record Option(String value, Set<String> stages, List<String> with) {}

  /** Options by key. */
  static final class Options {
    private final Map<String, Option> byName = new TreeMap<>();

    void put(String name, String value, Set<String> stages, String... with) {
      byName.put(name, new Option(value, stages, List.of(with)));
    }

    Map<String, Option> byKey() {
      return byName;
    }

    /** The options and the flags that are their aliases. */
    Map<String, Option> withFlags() {
      Map<String, Option> all = new TreeMap<>(byName);
      for (SettingKey key : SettingKey.of(Settings.class)) {
        String flag = key.setting().flag();
        Option of = byName.get(named(key));
        if (!flag.isEmpty() && of != null) {
          String value = key.kind() == boolean.class ? "" : of.value;
          all.put(
              flag, new Option(key.open() ? "micro.world=" + value : value, of.stages, of.with));
        }
      }
      return all;
    }
  }

  /** A key, with a name where its names are open. */
  static String named(SettingKey key) {
    return key.open() ? key.key() + ".micro.world" : key.key();
  }

  /** A test for each option and each flag. */
  Stream<DynamicTest> seen(Options options) {
    return options.withFlags().entrySet().stream()
        .map(o -> DynamicTest.dynamicTest(o.getKey(), () -> seen(o.getKey(), o.getValue())));
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
    if (!given.toString().contains("data.folder=")) {
      arguments.addAll(List.of("--option", "alpaca_eval.file=" + alpaca()));
    }
    int code =
        commands(models)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    assertEquals(0, code, given + ": " + err);
    Map<String, List<String>> asked = new TreeMap<>(models.asked());
    asked.put("result", List.of(read(out.resolve("result.json"))));
    asked.put("record", List.of(read(out.resolve("run.json"))));
    asked.put("verdicts", files(out, ".*summary.json"));
    return asked;
  }

  /** The texts of files whose path matches. */
  static List<String> files(Path folder, String form) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(form) && Files.isRegularFile(file))
          .sorted()
          .map(OptionRuns::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> defaults() {
    return Map.of(
        "--tasks", "micro_truth,micro_answers,alpaca_eval",
        "--limit", "3",
        "--template", "micro",
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

  static CommandLine commands(WatchedModels models) {
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
