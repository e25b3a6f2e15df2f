package org.soft4j.eval.judge.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.soft4j.eval.judge.PairJudgement;
import org.soft4j.eval.judge.SingleJudgement;
import org.soft4j.eval.judge.Winner;

/**
 * FastChat's model_judgment/JUDGE_single.jsonl and JUDGE_pair.jsonl, which its show_result reads.
 * Source of the layout: FastChat, common.py, play_a_match_single and play_a_match_pair.
 */
public final class FastChatJudgements {
  private FastChatJudgements() {}

  /** Name of the file of single grades. */
  public static String singleName(String judge) {
    return FastChatAnswers.fileName(judge) + "_single.jsonl";
  }

  /** Name of the file of comparisons. */
  public static String pairName(String judge) {
    return FastChatAnswers.fileName(judge) + "_pair.jsonl";
  }

  /** Writes single grades. */
  public static void writeSingle(Path file, List<SingleJudgement> judgements) {
    Lines.write(file, judgements.stream().map(FastChatJudgements::single).toList());
  }

  /** Writes comparisons. */
  public static void writePair(Path file, List<PairJudgement> judgements) {
    Lines.write(file, judgements.stream().map(FastChatJudgements::pair).toList());
  }

  private static ObjectNode single(SingleJudgement j) {
    ObjectNode line = Lines.object();
    Lines.putId(line, j.id());
    line.put("model", j.model());
    line.set("judge", Lines.array(List.of(j.judge(), j.prompt())));
    line.put("user_prompt", j.userPrompt()).put("judgment", j.judgment());
    Lines.putNumber(line, "score", j.score());
    return line.put("turn", j.turn()).put("tstamp", 0.0);
  }

  private static ObjectNode pair(PairJudgement j) {
    ObjectNode line = Lines.object();
    Lines.putId(line, j.id());
    line.put("model_1", j.model1()).put("model_2", j.model2());
    line.put("g1_winner", j.game1().winner().text());
    line.put("g2_winner", j.game2().winner().text());
    line.set("judge", Lines.array(List.of(j.judge(), j.prompt())));
    line.put("g1_user_prompt", j.game1().userPrompt()).put("g1_judgment", j.game1().judgment());
    line.put("g2_user_prompt", j.game2().userPrompt()).put("g2_judgment", j.game2().judgment());
    return line.put("turn", j.turn()).put("tstamp", 0.0);
  }

  /** Reads single grades, FastChat's or ours. */
  public static List<SingleJudgement> readSingle(Path file) {
    return Lines.read(
        file,
        line -> {
          double score = score(line);
          JsonNode judge = line.object().path("judge");
          return new SingleJudgement(
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

  private static double score(Lines.Line line) {
    JsonNode score = line.object().path("score");
    if (score.isNumber() && Double.isFinite(score.asDouble())) {
      return score.asDouble();
    }
    throw line.lines()
        .fault(
            "score is %s, which is no number.".formatted(score),
            "It lies between 1 and 10, or is -1 where the judge's verdict could not be read.");
  }

  /** Reads comparisons, FastChat's or ours. */
  public static List<PairJudgement> readPair(Path file) {
    return Lines.read(
        file,
        line -> {
          JsonNode judge = line.object().path("judge");
          return new PairJudgement(
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

  private static PairJudgement.Game game(Lines.Line line, String name) {
    String text = line.text(name + "_winner").toUpperCase(Locale.ROOT);
    if (List.of(Winner.values()).stream().noneMatch(winner -> winner.name().equals(text))) {
      throw line.lines()
          .fault(
              "%s_winner is \"%s\".".formatted(name, line.text(name + "_winner")),
              "It is one of model_1, model_2, tie and error.");
    }
    Winner winner = Winner.valueOf(text);
    return new PairJudgement.Game(
        winner, line.text(name + "_user_prompt"), line.text(name + "_judgment"), List.of(winner));
  }
}
