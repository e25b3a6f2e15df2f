package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Lines as FastChat's common.py and AlpacaEval's pandas write them. */
class JudgeFileTablesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aModelsNameLeadsToNoOtherFolder() {
    // FastChat's glob passes over names that begin with a dot; a slash would lead elsewhere.
    assertEquals("tmp__m", FastChatAnswers.fileName("/tmp/m"));
    assertEquals("models__x", FastChatAnswers.fileName("./models/x"));
    assertEquals("C____models__x", FastChatAnswers.fileName("C:\\models\\x"));
    assertEquals("hidden", FastChatAnswers.fileName(".hidden"));
    assertEquals("org__my model__v1", FastChatAnswers.fileName("org/my model:v1"));
    String longName = FastChatAnswers.fileName("x".repeat(400));
    assertEquals(true, longName.matches("x{28}-[0-9a-f]{21}"), longName);
    assertEquals("__", FastChatAnswers.fileName(".."));
    assertEquals("x", FastChatAnswers.fileName("../x"));
  }

  @Test
  void answersHaveARowForEveryTurn() throws IOException {
    write(
        "model_answer/vicuna-13b.jsonl",
        "{\"question_id\": 81, \"answer_id\": \"a\", \"model_id\": \"vicuna-13b\", \"choices\":"
            + " [{\"index\": 0, \"turns\": [\"One.\", \"Two.\"]}], \"tstamp\": 1687.5}\n");
    Table table = JudgmentTables.answers(folder.resolve("model_answer"));
    assertEquals(List.of("question_id", "model", "turn", "answer"), table.columnNames());
    assertEquals(List.of(1, 2), table.intColumn("turn").asList());
    assertEquals(List.of("One.", "Two."), table.stringColumn("answer").asList());
    assertEquals("81", table.stringColumn("question_id").get(0));
    assertEquals("vicuna-13b", table.stringColumn("model").get(1));
  }

  @Test
  void gradesAndComparisonsHaveARowEach() throws IOException {
    Path single =
        write(
            "gpt-4_single.jsonl",
            "{\"question_id\": 81, \"model\": \"m\", \"judge\": [\"gpt-4\", \"single-v1\"],"
                + " \"user_prompt\": \"P\", \"judgment\": \"[[7]]\", \"score\": 7, \"turn\": 1,"
                + " \"tstamp\": 1.5}\n");
    Table grades = JudgmentTables.ratings(single);
    assertEquals(7.0, grades.doubleColumn("score").get(0));
    assertEquals("single-v1", grades.stringColumn("prompt").get(0));
    Path pair =
        write(
            "gpt-4_pair.jsonl",
            "{\"question_id\": 81, \"model_1\": \"a\", \"model_2\": \"b\", \"g1_winner\":"
                + " \"model_1\", \"g2_winner\": \"tie\", \"judge\": [\"gpt-4\", \"pair-v2\"],"
                + " \"g1_user_prompt\": \"P\", \"g1_judgment\": \"[[A]]\", \"g2_user_prompt\":"
                + " \"Q\", \"g2_judgment\": \"[[C]]\", \"turn\": 2, \"tstamp\": 1.5}\n");
    Table comparisons = JudgmentTables.matches(pair);
    assertEquals("model_1", comparisons.stringColumn("g1_winner").get(0));
    assertEquals("tie", comparisons.stringColumn("g2_winner").get(0));
    assertEquals(2, comparisons.intColumn("turn").get(0));
  }

  @Test
  void alpacaEvalsFilesKeepTheirColumns() throws IOException {
    Path annotations =
        write(
            "annotations.json",
            "[{\"instruction\": \"i\", \"output_1\": \"a\", \"generator_1\": \"base\", \"dataset\":"
                + " \"d\", \"output_2\": \"b\", \"generator_2\": \"m\", \"annotator\": \"j\","
                + " \"preference\": 1.25, \"raw_completion\": null}, {\"instruction\": \"k\","
                + " \"output_1\": \"a\", \"generator_1\": \"base\", \"output_2\": \"b\","
                + " \"generator_2\": \"m\", \"preference\": null}]");
    Table table = JudgmentTables.preferences(annotations);
    assertEquals(1.25, table.doubleColumn("preference").get(0));
    assertTrue(table.doubleColumn("preference").isMissing(1), "a verdict that was not read");
    assertEquals(List.of("m", "m"), table.stringColumn("generator_2").asList());
    Path leaderboard =
        write(
            "leaderboard.csv",
            ",win_rate,standard_error,n_total,mode,length_controlled_winrate\n"
                + "gpt4_turbo,50.0,1e-05,805,minimal,50.0\nllama,,0.3,804,community,\n");
    Table models = JudgmentTables.leaderboard(leaderboard);
    assertEquals(List.of("gpt4_turbo", "llama"), models.stringColumn("model").asList());
    assertEquals(1e-5, models.doubleColumn("standard_error").get(0));
    assertTrue(models.doubleColumn("win_rate").isMissing(1));
    assertEquals(List.of("minimal", "community"), models.stringColumn("mode").asList());
    Path outputs =
        write(
            "model_outputs.json",
            "[{\"instruction\": \"i\", \"output\": \"o\", \"generator\": \"g\"}]");
    assertEquals("o", JudgmentTables.outputs(outputs).stringColumn("output").get(0));
  }

  @Test
  void anUnreadPreferenceIsMissing() {
    Answer output = Answer.of("i", "o", "g", "");
    Preference half =
        new Preference(output, output, OptionalDouble.of(2), OptionalDouble.empty(), "", "");
    Table table = JudgmentTables.preferences(List.of(half));
    assertTrue(table.doubleColumn("preference").isMissing(0));
    assertEquals(2, table.doubleColumn("game_1").get(0));
  }

  @Test
  void aMatchWithoutAgreementIsATie() {
    Match.Game first =
        new Match.Game(Match.Winner.MODEL_1, "P", "[[A]]", List.of(Match.Winner.MODEL_1));
    Match.Game second =
        new Match.Game(Match.Winner.MODEL_2, "P", "[[A]]", List.of(Match.Winner.MODEL_2));
    Match match = new Match("81", "a", "b", 1, "j", "pair-v2", first, second);
    assertEquals("tie", JudgmentTables.matches(List.of(match)).stringColumn("winner").get(0));
  }
}
