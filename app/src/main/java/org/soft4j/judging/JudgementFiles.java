package org.soft4j.judging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.JudgedAnswer;
import org.soft4j.eval.judge.PairJudgement;
import org.soft4j.eval.judge.SingleJudgement;
import org.soft4j.eval.judge.files.FastChatJudgements;

/** Puts the judgements of answers beside the answers. */
public final class JudgementFiles {
  private static final String SINGLE = "_single.jsonl";
  private static final String PAIR = "_pair.jsonl";

  private JudgementFiles() {}

  /**
   * Copies the judgements of a benchmark's questions.
   *
   * @param judgings folders that the judge's command wrote
   * @param answers of the benchmark
   */
  public static void copy(List<Path> judgings, List<JudgedAnswer> answers, Path target) {
    Set<String> ids = answers.stream().map(JudgedAnswer::id).collect(Collectors.toSet());
    for (Path judging : judgings) {
      for (Path file : files(judging.resolve("model_judgment"))) {
        if (ids.containsAll(ids(file))) {
          RunFolder.writeWhole(target.resolve(file.getFileName()), RunFolder.read(file));
        }
      }
    }
  }

  private static List<String> ids(Path file) {
    return file.toString().endsWith(SINGLE)
        ? FastChatJudgements.readSingle(file).stream().map(SingleJudgement::id).toList()
        : FastChatJudgements.readPair(file).stream().map(PairJudgement::id).toList();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "There is no folder %s.".formatted(folder),
          "Name with --judgments what judge --out made by the protocols single or pair.");
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(file -> file.toString().endsWith(SINGLE) || file.toString().endsWith(PAIR))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }
}
