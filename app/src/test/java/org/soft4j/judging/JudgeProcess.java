package org.soft4j.judging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;
import org.soft4j.eval.judge.JudgeData;
import org.soft4j.kills.CommandProcess;

/** The judge command in a process of its own, with a key in its environment. */
final class JudgeProcess {
  private JudgeProcess() {}

  /** Answers to the first questions of Vicuna-bench, in answers/ of the folder. */
  static void writeAnswers(Path folder, Path data, int count) {
    List<Answer> answers = new ArrayList<>();
    for (FastChatQuestion question :
        new JudgeData(data).questions("vicuna_bench").values().stream().limit(count).toList()) {
      String text = "I do not know, but " + question.id() + " is a fine question.";
      answers.add(
          new Answer(question.id(), question.category(), question.turns(), List.of(text), "m"));
    }
    FastChatAnswers.write(folder.resolve("answers"), "m", answers);
  }

  /** Judges answers/ into a folder of this name; what is printed goes to NAME.log beside it. */
  static CommandProcess start(Path folder, String address, String key, String name)
      throws IOException {
    return CommandProcess.start(
        folder.resolve(name + ".log"),
        List.of(
            "judge",
            "--answers",
            folder.resolve("answers").toString(),
            "--judge",
            address,
            "--yes",
            "--concurrency",
            "3",
            "--out",
            folder.resolve(name).toString()),
        Map.of("SOFT4J_API_KEY", key),
        List.of());
  }

  /** No file below the folder holds a part of the key; there is at least one file. */
  static void assertNowhere(Path folder, String key) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files = paths.filter(Files::isRegularFile).toList();
      assertTrue(files.size() > 1, files::toString);
      for (Path file : files) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(key.substring(0, 12)), file + " holds the key");
      }
    }
  }
}
