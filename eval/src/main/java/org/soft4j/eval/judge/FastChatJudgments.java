package org.soft4j.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatLines;

/**
 * FastChat's model_judgment/JUDGE_single.jsonl and JUDGE_pair.jsonl, which its show_result reads.
 * Source of the layout: FastChat, common.py, play_a_match_single and play_a_match_pair.
 */
public final class FastChatJudgments {
  /** Name of FastChat's folder of judgments. */
  public static final String FOLDER = "model_judgment";

  private static final String SINGLE = "_single.jsonl";
  private static final String PAIR = "_pair.jsonl";

  private FastChatJudgments() {}

  /** Writes grades. */
  public static void writeSingle(Path folder, String judge, List<Rating> ratings) {
    write(
        folder,
        FastChatAnswers.fileName(judge) + SINGLE,
        ratings.stream().map(FastChatJudgments::line).toList());
    if (ratings.stream().anyMatch(rating -> rating.scores().size() > 1)) {
      writeRepeats(folder, ratings);
    }
  }

  /** Writes comparisons. */
  public static void writePair(Path folder, String judge, List<Match> matches) {
    write(
        folder,
        FastChatAnswers.fileName(judge) + PAIR,
        matches.stream().map(FastChatJudgments::line).toList());
    if (matches.stream().anyMatch(match -> match.game1().winners().size() > 1)) {
      writeRepeats(folder, matches);
    }
  }

  private static void write(Path folder, String name, List<ObjectNode> lines) {
    FastChatLines.write(folder.resolve(FOLDER).resolve(name), lines);
  }

  /** FastChat's files have room for one verdict; this one keeps those of all repeats. */
  private static void writeRepeats(Path folder, List<?> judgments) {
    WholeFile.write(folder.resolve("repeats.jsonl"), Json.lines(judgments));
  }

  private static ObjectNode line(Rating rating) {
    ObjectNode line = FastChatLines.object(rating.id()).put("model", rating.model());
    line.set("judge", FastChatLines.array(List.of(rating.judge(), rating.prompt())));
    line.put("user_prompt", rating.userPrompt()).put("judgment", rating.judgment());
    FastChatLines.putNumber(line, "score", rating.score());
    return line.put("turn", rating.turn()).put("tstamp", 0.0);
  }

  private static ObjectNode line(Match match) {
    ObjectNode line = FastChatLines.object(match.id());
    line.put("model_1", match.model1()).put("model_2", match.model2());
    line.put("g1_winner", match.game1().winner().text());
    line.put("g2_winner", match.game2().winner().text());
    line.set("judge", FastChatLines.array(List.of(match.judge(), match.prompt())));
    line.put("g1_user_prompt", match.game1().userPrompt());
    line.put("g1_judgment", match.game1().judgment());
    line.put("g2_user_prompt", match.game2().userPrompt());
    line.put("g2_judgment", match.game2().judgment());
    return line.put("turn", match.turn()).put("tstamp", 0.0);
  }

  /** Reads single grades, FastChat's or ours. */
  public static List<Rating> readSingle(Path file) {
    return FastChatLines.read(
        file,
        line -> {
          double score = score(line);
          JsonNode judge = line.object().path("judge");
          return new Rating(
              line.text("question_id"),
              line.text("model"),
              Integer.parseInt(line.text("turn")),
              judge.path(0).asText(),
              judge.path(1).asText(),
              line.text("user_prompt"),
              line.text("judgment"),
              score,
              List.of(score));
        });
  }

  private static double score(FastChatLines.Line line) {
    JsonNode score = line.object().path("score");
    if (score.isNumber() && Double.isFinite(score.asDouble())) {
      return score.asDouble();
    }
    throw line.line()
        .fault(
            "score is %s, which is no number.".formatted(score),
            "It lies between 1 and 10, or is -1 where the judge's verdict could not be read.");
  }

  /** Reads comparisons, FastChat's or ours. */
  public static List<Match> readPair(Path file) {
    return FastChatLines.read(
        file,
        line -> {
          JsonNode judge = line.object().path("judge");
          return new Match(
              line.text("question_id"),
              line.text("model_1"),
              line.text("model_2"),
              Integer.parseInt(line.text("turn")),
              judge.path(0).asText(),
              judge.path(1).asText(),
              game(line, "g1"),
              game(line, "g2"));
        });
  }

  private static Match.Game game(FastChatLines.Line line, String name) {
    String text = line.text(name + "_winner");
    Match.Winner winner =
        Stream.of(Match.Winner.values())
            .filter(known -> known.name().equals(text.toUpperCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    line.line()
                        .fault(
                            "%s_winner is \"%s\".".formatted(name, text),
                            "It is one of model_1, model_2, tie and error."));
    return new Match.Game(
        winner, line.text(name + "_user_prompt"), line.text(name + "_judgment"), List.of(winner));
  }

  /** The files of single grades in a folder of model_judgment; none where there is no folder. */
  public static List<Path> singles(Path folder) {
    return FastChatLines.files(folder, SINGLE);
  }

  /**
   * Copies the judgments of a benchmark's questions.
   *
   * @param folder in which {@code model_judgment} stands
   * @param ids of the questions
   */
  public static void copy(Path folder, Set<String> ids, Path target) {
    Path judgments = folder.resolve(FOLDER);
    if (!Files.isDirectory(judgments)) {
      throw new UserError(
          "There is no folder %s.".formatted(judgments),
          "Name with --judgments what judge --out made by the protocols single or pair.");
    }
    for (Path file : singles(judgments)) {
      copy(file, readSingle(file).stream().map(Rating::id).toList(), ids, target);
    }
    for (Path file : FastChatLines.files(judgments, PAIR)) {
      copy(file, readPair(file).stream().map(Match::id).toList(), ids, target);
    }
  }

  private static void copy(Path file, List<String> judged, Set<String> ids, Path target) {
    if (ids.containsAll(judged)) {
      WholeFile.write(target.resolve(file.getFileName()), WholeFile.read(file));
    }
  }
}
