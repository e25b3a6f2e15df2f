package org.soft4j.eval.judge.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.soft4j.eval.judge.ModelOutput;
import org.soft4j.eval.judge.PairJudgement;
import org.soft4j.eval.judge.SingleJudgement;
import org.soft4j.table.Columns;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The files of FastChat and AlpacaEval as tables, whoever wrote them. */
public final class JudgeFileTables {
  private static final String ENDING = ".jsonl";

  private JudgeFileTables() {}

  private record Turn(String question, String model, int turn, String text) {}

  /**
   * question_id, model, turn, answer: one row a turn.
   *
   * @param fileOrFolder a file of model_answer, or the folder
   */
  public static Table answers(Path fileOrFolder) {
    List<Turn> turns = new ArrayList<>();
    for (Path file : FastChatAnswers.files(fileOrFolder)) {
      String name = file.getFileName().toString();
      String model = name.substring(0, name.length() - ENDING.length());
      Lines.read(
          file,
          line -> {
            List<String> said =
                line.texts(line.object().path("choices").path(0).path("turns"), "choices[0].turns");
            for (int turn = 0; turn < said.size(); turn++) {
              turns.add(new Turn(line.text("question_id"), model, turn + 1, said.get(turn)));
            }
            return said;
          });
    }
    return Columns.of("answers", turns)
        .text("question_id", Turn::question)
        .text("model", Turn::model)
        .whole("turn", Turn::turn)
        .text("answer", Turn::text)
        .table();
  }

  /**
   * question_id, model, turn, judge, prompt, score, judgment; a score of -1 could not be read.
   *
   * @param file JUDGE_single.jsonl
   */
  public static Table singleJudgements(Path file) {
    return Columns.of("judgements", FastChatJudgements.readSingle(file))
        .text("question_id", SingleJudgement::id)
        .text("model", SingleJudgement::model)
        .whole("turn", SingleJudgement::turn)
        .text("judge", SingleJudgement::judge)
        .text("prompt", SingleJudgement::prompt)
        .number("score", SingleJudgement::score)
        .text("judgment", SingleJudgement::judgment)
        .table();
  }

  /**
   * question_id, model_1, model_2, turn, judge, g1_winner, g2_winner; the second game has the
   * answers in the other order.
   *
   * @param file JUDGE_pair.jsonl
   */
  public static Table pairJudgements(Path file) {
    return Columns.of("judgements", FastChatJudgements.readPair(file))
        .text("question_id", PairJudgement::id)
        .text("model_1", PairJudgement::model1)
        .text("model_2", PairJudgement::model2)
        .whole("turn", PairJudgement::turn)
        .text("judge", PairJudgement::judge)
        .text("g1_winner", judgement -> judgement.game1().winner().text())
        .text("g2_winner", judgement -> judgement.game2().winner().text())
        .table();
  }

  /** dataset, instruction, output, generator: a model_outputs.json. */
  public static Table outputs(Path file) {
    return Columns.of("outputs", AlpacaFiles.readOutputs(file))
        .text("dataset", ModelOutput::dataset)
        .text("instruction", ModelOutput::instruction)
        .text("output", ModelOutput::output)
        .text("generator", ModelOutput::generator)
        .table();
  }

  /**
   * instruction, generator_1, generator_2, preference: an annotations.json. The preference lies
   * between 1 (for the first) and 2 (for the second); it is missing where it could not be read.
   */
  public static Table annotations(Path file) {
    return Columns.of("annotations", AlpacaFiles.readAnnotations(file))
        .text("instruction", preference -> preference.baseline().instruction())
        .text("generator_1", preference -> preference.baseline().generator())
        .text("generator_2", preference -> preference.output().generator())
        .number("preference", preference -> preference.value().orElse(Double.NaN))
        .table();
  }

  /** A leaderboard.csv, its columns as they are; the nameless first one is called model. */
  public static Table leaderboard(Path file) {
    List<Map<String, String>> rows = AlpacaFiles.readLeaderboard(file);
    Table table = Table.create("leaderboard");
    List<String> names = rows.isEmpty() ? List.of() : List.copyOf(rows.get(0).keySet());
    for (String name : names) {
      List<String> cells = rows.stream().map(row -> row.get(name)).toList();
      if (cells.stream().allMatch(JudgeFileTables::numeric)) {
        table.addColumns(
            DoubleColumn.create(name, cells.stream().map(JudgeFileTables::number).toList()));
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
