package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.open.LocalOpening;
import picocli.CommandLine;

/**
 * Error texts recommend flags that are there. The texts of all errors are read from the sources; a
 * source is met by the commands named here, which must have every flag that it names.
 */
class FlagsInTextsTest {
  @TempDir Path folder;

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** By the beginning of a source's path below org/soft4j; the longest that fits counts. */
  private static final Map<String, List<String>> MET_BY =
      Map.ofEntries(
          Map.entry("cli/RunCommand", List.of("run")),
          Map.entry("cli/EvalCommand", List.of("eval")),
          Map.entry("cli/LabelCommand", List.of("label")),
          Map.entry("cli/TrainCommand", List.of("train")),
          Map.entry("cli/JudgeCommand", List.of("judge")),
          Map.entry("cli/JudgeInputs", List.of("judge")),
          Map.entry("cli/StudyCommand", List.of("study")),
          Map.entry("cli/GenerateCommand", List.of("generate")),
          Map.entry("cli/ScoreCommand", List.of("score")),
          Map.entry("cli/ReportCommand", List.of("report")),
          Map.entry("run/", List.of("run")),
          Map.entry("study/", List.of("study")),
          Map.entry("evaluation/EvaluationPlan", List.of("eval")),
          Map.entry("evaluation/EvaluationJob", List.of("eval")),
          Map.entry("evaluation/EvaluationParts", List.of("eval")),
          Map.entry("stages/Stages", List.of("label", "train")),
          Map.entry("stages/TextJobs", List.of("generate", "score")),
          Map.entry("stages/OutputLines", List.of("generate", "score")),
          Map.entry("settings/GenerationSettings", List.of("generate")),
          Map.entry("settings/ProtocolSettings", List.of("judge")),
          Map.entry("settings/CostSettings", List.of("run", "eval", "judge")),
          Map.entry("settings/EvalSettings", List.of("run")),
          Map.entry("settings/DataSettings", List.of("run", "eval")),
          Map.entry("soft/RunRecord", List.of("run")),
          Map.entry("soft/PromptSplit", List.of("run")),
          Map.entry("soft/Demonstration", List.of("run", "label")),
          Map.entry("soft/LabelStage", List.of("run", "label")),
          Map.entry("eval/OverlongPolicy", List.of("run", "eval")),
          Map.entry("eval/yaml/", List.of("run", "eval", "tasks")),
          Map.entry("eval/judge/JudgeData", List.of("judge")),
          Map.entry("eval/judge/Pairwise", List.of("judge")),
          Map.entry("eval/judge/FastChatRequest", List.of("judge")),
          Map.entry("eval/files/FastChatAnswers", List.of("judge")),
          Map.entry("lm/remote/CostGate", List.of("run", "eval", "judge")),
          Map.entry("lm/open/EndpointOpening", List.of("eval")),
          Map.entry("lm/tokenizer/", List.of("run", "label", "train", "eval", "generate", "score")),
          Map.entry("lm/hub/", List.of("models")),
          Map.entry("lm/merge/", List.of("models")),
          Map.entry("lm/gguf/GgufShape", List.of("models")),
          Map.entry("lm/gguf/GgufVocabulary", List.of("models")),
          Map.entry("lm/open/AdapterBase", List.of("models")),
          Map.entry("lm/train/", List.of("run", "train")),
          Map.entry("lm/served/", List.of("run")),
          Map.entry("lm/remote/Lora", List.of("run")),
          Map.entry("lm/outside/", List.of("run", "train")),
          Map.entry("lm/", List.of("run", "label", "train", "eval", "generate", "score", "judge")));

  /** A flag that a text names though a command that meets it has none, and why that is right. */
  private static final Map<String, String> RIGHT =
      Map.of(
          "eval/yaml/PromptWriter --apply-chat-template", "run never asks in a chat",
          "eval/yaml/Examples --shots", "tasks reads no examples at another number",
          "stages/Stages --labels", "the words are those of train alone",
          "lm/local/LocalTraining --model", "a whole model of one's own is met by run alone",
          "notebooks/command/Jupyter --venv", "notebook is a command of another jar");

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final CommandLine root =
      Main.commandLine(new Soft4j(LocalOpening.OPENER, Progress.SILENT));

  /** The text of one error, its literals one behind the other. */
  private record Text(String source, String words) {}

  @Test
  void everyFlagOfAnErrorIsOneOfTheCommandsThatMeetIt() throws IOException {
    Set<String> missing = new TreeSet<>();
    int seen = 0;
    for (Text text : texts()) {
      for (String flag : OtherFlags.flags(text.words)) {
        Set<String> having = OtherFlags.having(flag, root);
        seen++;
        if (having.isEmpty() && !RIGHT.containsKey(text.source + " " + flag)) {
          missing.add(text.source + " " + flag + ": no command has it");
        }
        for (String command : metBy(text.source)) {
          boolean ofAnother =
              text.words.matches(".*(\\./soft4j \\w+|eval|judge|run)\\b[^.]* " + flag + ".*");
          if (!having.contains(command)
              && !ofAnother
              && !RIGHT.containsKey(text.source + " " + flag)) {
            missing.add(text.source + " " + flag + ": not of " + command + ": " + text.words);
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(seen > 80, "flags seen: " + seen);
  }

  @Test
  void everySourceThatIsNamedIsThere() throws IOException {
    Set<String> unmet = new TreeSet<>(MET_BY.keySet());
    try (Stream<Path> files = sources()) {
      files.map(FlagsInTextsTest::name).forEach(name -> unmet.removeIf(name::startsWith));
    }
    assertEquals(Set.of(), unmet);
  }

  /** What goes wrong far below is told whose flag the remedy names. */
  @Test
  void aFlagOfAnotherCommandIsToldAsSuch() throws IOException {
    Shell shell =
        Shell.run(
            choice -> {
              throw new UserError("No data.", "Name its folder by --data, or use --dtype float32.");
            },
            "score",
            "--model",
            "m",
            "--input",
            Shell.pairs(folder),
            "--output",
            "b");
    assertEquals(
        """
        error: No data.
          Name its folder by --data, or use --dtype float32.
          (--data is a flag of datasets, eval, judge, run, study, tasks; score has none.)
        """,
        shell.err());
  }

  private List<String> metBy(String source) {
    return MET_BY.entrySet().stream()
        .filter(entry -> source.startsWith(entry.getKey()))
        .max((a, b) -> a.getKey().length() - b.getKey().length())
        .map(Map.Entry::getValue)
        .orElse(List.of());
  }

  private static List<Text> texts() throws IOException {
    List<Text> texts = new ArrayList<>();
    try (Stream<Path> files = sources()) {
      for (Path file : files.toList()) {
        String java = Files.readString(file);
        Matcher begin = Pattern.compile("new UserError\\(|\\.fault\\(").matcher(java);
        while (begin.find()) {
          texts.add(new Text(name(file), literals(java, begin.end())));
        }
      }
    }
    return texts;
  }

  /** All literals up to the bracket that closes the call. */
  private static String literals(String java, int from) {
    StringBuilder words = new StringBuilder();
    int depth = 1;
    for (int i = from; i < java.length() && depth > 0; i++) {
      char letter = java.charAt(i);
      if (letter == '"') {
        Matcher text = TEXT.matcher(java).region(i, java.length());
        if (!text.lookingAt()) {
          return words.toString();
        }
        words.append(text.group(1));
        i = text.end() - 1;
      } else if (letter == '(') {
        depth++;
      } else if (letter == ')') {
        depth--;
      }
    }
    return words.toString();
  }

  private static Stream<Path> sources() throws IOException {
    return Files.walk(ROOT)
        .filter(file -> file.toString().matches(".*/src/main/java/org/soft4j/(?!speed/).*\\.java"));
  }

  private static String name(Path file) {
    return file.toString().replaceFirst(".*/org/soft4j/", "").replace(".java", "");
  }
}
