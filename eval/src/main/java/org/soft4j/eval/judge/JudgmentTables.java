package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.table.Columns;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Judgments, and the files of FastChat and AlpacaEval, as tables, whoever wrote them. */
public final class JudgmentTables {
  private JudgmentTables() {}

  private record Turn(String question, String model, int turn, String text) {}

  /**
   * question_id, model, turn, answer: one row a turn.
   *
   * @param fileOrFolder a file of model_answer, or the folder
   */
  public static Table answers(Path fileOrFolder) {
    List<Turn> turns = new ArrayList<>();
    for (Path file : FastChatAnswers.files(fileOrFolder)) {
      for (FastChatAnswers.Row row : FastChatAnswers.rows(file)) {
        for (int i = 0; i < row.turns().size(); i++) {
          turns.add(new Turn(row.id(), FastChatAnswers.model(file), i + 1, row.turns().get(i)));
        }
      }
    }
    return Columns.of("answers", turns)
        .text("question_id", Turn::question)
        .text("model", Turn::model)
        .whole("turn", Turn::turn)
        .text("answer", Turn::text)
        .table();
  }

  /** The grades of a JUDGE_single.jsonl. */
  public static Table ratings(Path file) {
    return ratings(FastChatJudgments.readSingle(file));
  }

  /** question_id, model, turn, judge, prompt, score, judgment; a score of -1 could not be read. */
  public static Table ratings(List<Rating> ratings) {
    return Columns.of("judgments", ratings)
        .text("question_id", Rating::id)
        .text("model", Rating::model)
        .whole("turn", Rating::turn)
        .text("judge", Rating::judge)
        .text("prompt", Rating::prompt)
        .number("score", Rating::score)
        .text("judgment", Rating::judgment)
        .table();
  }

  /** The comparisons of a JUDGE_pair.jsonl. */
  public static Table matches(Path file) {
    return matches(FastChatJudgments.readPair(file));
  }

  /**
   * question_id, model_1, model_2, turn, judge, g1_winner, g2_winner, winner; the second game has
   * the answers in the other order.
   */
  public static Table matches(List<Match> matches) {
    return Columns.of("judgments", matches)
        .text("question_id", Match::id)
        .text("model_1", Match::model1)
        .text("model_2", Match::model2)
        .whole("turn", Match::turn)
        .text("judge", Match::judge)
        .text("g1_winner", match -> match.game1().winner().text())
        .text("g2_winner", match -> match.game2().winner().text())
        .text("winner", match -> match.winner().text())
        .table();
  }

  /** dataset, instruction, output, generator: a model_outputs.json. */
  public static Table outputs(Path file) {
    return Columns.of("outputs", AlpacaFiles.readOutputs(file))
        .text("dataset", Answer::category)
        .text("instruction", Answer::instruction)
        .text("output", Answer::output)
        .text("generator", Answer::model)
        .table();
  }

  /** The preferences of an annotations.json. */
  public static Table preferences(Path file) {
    return preferences(AlpacaFiles.readAnnotations(file));
  }

  /**
   * instruction, generator_1, generator_2, preference, game_1, game_2. Preferences lie between 1
   * (for the first) and 2 (for the second); they are missing where they could not be read.
   */
  public static Table preferences(List<Preference> preferences) {
    return Columns.of("annotations", preferences)
        .text("instruction", p -> p.baseline().instruction())
        .text("generator_1", p -> p.baseline().model())
        .text("generator_2", p -> p.output().model())
        .number("preference", p -> p.value().orElse(Double.NaN))
        .number("game_1", p -> p.game1().orElse(Double.NaN))
        .number("game_2", p -> p.game2().orElse(Double.NaN))
        .table();
  }

  /** A leaderboard.csv, its columns as they are; the nameless first one is called model. */
  public static Table leaderboard(Path file) {
    List<Map<String, String>> rows = AlpacaFiles.readLeaderboard(file);
    Table table = Table.create("leaderboard");
    List<String> names = rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
    for (String name : names) {
      List<String> cells = rows.stream().map(row -> row.get(name)).toList();
      if (cells.stream().allMatch(JudgmentTables::numeric)) {
        table.addColumns(
            DoubleColumn.create(name, cells.stream().map(JudgmentTables::number).toList()));
      } else {
        table.addColumns(StringColumn.create(name, cells));
      }
    }
    return table;
  }

  private static boolean numeric(String cell) {
    return cell.isEmpty() || cell.matches("-?(\\d+\\.?\\d*([eE][-+]?\\d+)?|NaN)");
  }

  private static Double number(String cell) {
    return cell.isEmpty() ? Double.valueOf(Double.NaN) : Double.valueOf(cell);
  }
}
