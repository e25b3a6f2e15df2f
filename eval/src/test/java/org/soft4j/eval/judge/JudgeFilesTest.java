package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Csv;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.AlpacaOutputs;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.files.FastChatAnswers;
import org.soft4j.eval.files.FastChatQuestion;

class JudgeFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void singleGradesHaveFastChatsLines() throws IOException {
    List<Rating> grades =
        List.of(
            new Rating("81", "m", 1, "j", "single-v1", "Q", "é [[7]]", 7, List.of(7.0)),
            new Rating("x", "m", 2, "j", "p", "Q", "?", -1, List.of(-1.0)),
            new Rating("82", "m", 1, "j", "p", "Q", "[[8.5]]", 8.5, List.of(8.5)));
    FastChatJudgments.writeSingle(folder, "org/j", grades);
    Path file = folder.resolve("model_judgment/org__j_single.jsonl");
    assertEquals(
        """
        {"question_id":81,"model":"m","judge":["j","single-v1"],"user_prompt":"Q",\
        "judgment":"\\u00E9 [[7]]","score":7,"turn":1,"tstamp":0.0}
        {"question_id":"x","model":"m","judge":["j","p"],"user_prompt":"Q",\
        "judgment":"?","score":-1,"turn":2,"tstamp":0.0}
        {"question_id":82,"model":"m","judge":["j","p"],"user_prompt":"Q",\
        "judgment":"[[8.5]]","score":8.5,"turn":1,"tstamp":0.0}
        """,
        Files.readString(file));
    assertEquals(grades, FastChatJudgments.readSingle(file));
  }

  @Test
  void comparisonsHaveFastChatsLines() throws IOException {
    List<Match> judgements =
        List.of(
            new Match(
                "81",
                "a",
                "b",
                1,
                "j",
                "pair-v2",
                new Match.Game(Match.Winner.MODEL_1, "P", "[[A]]", List.of(Match.Winner.MODEL_1)),
                new Match.Game(Match.Winner.ERROR, "P2", "?", List.of(Match.Winner.ERROR))));
    FastChatJudgments.writePair(folder, "j", judgements);
    Path file = folder.resolve("model_judgment/j_pair.jsonl");
    assertEquals(
        """
        {"question_id":81,"model_1":"a","model_2":"b","g1_winner":"model_1","g2_winner":"error",\
        "judge":["j","pair-v2"],"g1_user_prompt":"P","g1_judgment":"[[A]]",\
        "g2_user_prompt":"P2","g2_judgment":"?","turn":1,"tstamp":0.0}
        """,
        Files.readString(file));
    assertEquals(judgements, FastChatJudgments.readPair(file));
  }

  @Test
  void answersGoOutAndComeBack() throws IOException {
    Path questions =
        write(
            "question.jsonl",
            """
            {"question_id": 2, "category": "stem", "turns": ["a", "b"]}
            {"question_id": 1, "category": "math", "turns": ["c"], "reference": ["d"]}
            """);
    List<Answer> answers =
        List.of(
            new Answer("2", "stem", List.of("a", "b"), List.of("x", "ÿ\n"), "org/m"),
            new Answer("1", "math", List.of("c"), List.of("z"), "org/m"));
    Path out = folder.resolve("model_answer");
    FastChatAnswers.write(out, "org/m", answers);
    Path file = out.resolve("org__m.jsonl");
    assertTrue(
        Files.readString(file)
            .matches(
                "(?s)\\{\"question_id\":2,\"answer_id\":\"[0-9a-f]{22}\",\"model_id\":\"org/m\","
                    + "\"choices\":\\[\\{\"index\":0,\"turns\":\\[\"x\",\"\\\\u00FF\\\\n\"]}],"
                    + "\"tstamp\":0\\.0}\n.*"),
        Files.readString(file));
    // The name of the file is the model's, as FastChat reads it.
    assertEquals(
        answers.stream()
            .map(a -> new Answer(a.id(), a.category(), a.question(), a.answer(), "org__m"))
            .toList(),
        FastChatAnswers.read(out, FastChatQuestion.read(questions)));
    assertEquals(List.of("z"), FastChatAnswers.references(file).get("1"));
  }

  @Test
  void anAnswerToAnUnknownQuestionIsNamed() throws IOException {
    Path questions =
        write("q.jsonl", "{\"question_id\": 1, \"category\": \"c\", \"turns\": [\"a\"]}\n");
    Path answers = write("m.jsonl", "{\"question_id\": 7, \"choices\": [{\"turns\": [\"x\"]}]}\n");
    UserError error =
        assertThrows(
            UserError.class, () -> FastChatAnswers.read(answers, FastChatQuestion.read(questions)));
    assertTrue(error.getMessage().contains("question 7"), error::toString);
  }

  @Test
  void anAnswerThatWasNeverWrittenIsNamed() throws IOException {
    Path questions =
        write("q.jsonl", "{\"question_id\": 1, \"category\": \"c\", \"turns\": [\"a\"]}\n");
    Path answers =
        write("m.jsonl", "{\"question_id\": 1, \"choices\": [{\"turns\": [\"$ERROR$\"]}]}\n");
    UserError error =
        assertThrows(
            UserError.class, () -> FastChatAnswers.read(answers, FastChatQuestion.read(questions)));
    assertTrue(error.getMessage().contains("question 1 is $ERROR$"), error::toString);
  }

  @Test
  void aLineThatIsNoAnswerIsNamed() throws IOException {
    Path file = write("m.jsonl", "{\"question_id\": 7, \"text\": \"x\"}\n");
    UserError error = assertThrows(UserError.class, () -> FastChatAnswers.references(file));
    assertTrue(error.getMessage().contains("line 1: \"choices[0].turns\""), error::toString);
    assertTrue(error.getMessage().contains("[question_id, text]"), error::toString);
  }

  @Test
  void theRealPromptsAreThePublishedOnesAndOthersAreRefused() throws IOException {
    Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
    Path file = data.resolve("fastchat/judge_prompts.jsonl");
    assumeTrue(Files.exists(file), "SOFT4J_DATA holds no judge prompts");
    assertEquals(8, FastChatPrompts.read(file).byName().size());
    String text = Files.readString(file);
    Path changed = write("changed.jsonl", text.replaceFirst("impartial", "partial"));
    UserError error = assertThrows(UserError.class, () -> FastChatPrompts.read(changed));
    assertTrue(error.getMessage().contains("line 1: pair-v2 has the digests"), error::toString);
    Path lackingFile = write("short.jsonl", text.substring(0, text.lastIndexOf("{\"name\"")));
    UserError lacking = assertThrows(UserError.class, () -> FastChatPrompts.read(lackingFile));
    assertTrue(lacking.getMessage().contains("lacks the prompt"), lacking::toString);
  }

  @Test
  void theAnsweredQuestionsTellTheBenchmark() {
    Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));
    assumeTrue(Files.exists(data.resolve("fastchat")), "SOFT4J_DATA holds no FastChat sets");
    JudgeData sets = new JudgeData(data);
    assertEquals("mt_bench", sets.benchOf(List.of("81", "160")).orElseThrow());
    assertEquals("vicuna_bench", sets.benchOf(List.of("1", "80")).orElseThrow());
    assertTrue(sets.benchOf(List.of("1", "81")).isEmpty());
    assertEquals(30, sets.references("mt_bench").size());
    assertEquals(10, sets.references("vicuna_bench").size());
  }

  private static final Answer BASE = Answer.of("i", "base \"says\"", "b", "koala");
  private static final Answer OWN = Answer.of("i", "own", "o", "koala");

  @Test
  void outputsGoOutAndComeBack() {
    Path file = folder.resolve("model_outputs.json");
    AlpacaOutputs.write(file, List.of(OWN, BASE));
    assertEquals(List.of(OWN, BASE), AlpacaOutputs.read(file));
  }

  @Test
  void annotationsGoOutAndComeBack() throws IOException {
    Preference read =
        new Preference(BASE, OWN, OptionalDouble.of(1), OptionalDouble.of(2), "x", "y");
    Preference unread =
        new Preference(BASE, OWN, OptionalDouble.of(1), OptionalDouble.empty(), "x", "?");
    Path file = folder.resolve("annotations.json");
    AlpacaFiles.writeAnnotations(file, List.of(read, unread), "judge");
    assertEquals(List.of(read, unread), AlpacaFiles.readAnnotations(file));
    String text = Files.readString(file);
    assertTrue(text.contains("\"preference\" : 1.5"), text);
    assertTrue(text.contains("\"preference\" : null"), text);
  }

  @Test
  void alpacaEvalsOwnAnnotationsAreRead() throws IOException {
    Path file =
        write(
            "theirs.json",
            """
            [{"dataset":"koala","instruction":"i","output_1":"base \\"says\\"","generator_1":"b",
              "output_2":"own","generator_2":"o","annotator":"weighted","preference":1.25},
             {"instruction":"i","output_1":"x","generator_1":"b","output_2":"x","generator_2":"o",
              "preference":0}]
            """);
    List<Preference> preferences = AlpacaFiles.readAnnotations(file);
    assertEquals(OptionalDouble.of(1.25), preferences.get(0).value());
    assertEquals(OptionalDouble.of(1.5), preferences.get(1).value(), "0 was a draw once");
    assertEquals(37.5, AlpacaReport.of(preferences).winRate());
  }

  @Test
  void aLeaderboardIsReadByItsColumns() throws IOException {
    OptionalDouble win = OptionalDouble.of(2);
    AlpacaReport report = AlpacaReport.of(List.of(new Preference(BASE, OWN, win, win, "", "")));
    Path file = folder.resolve("leaderboard.csv");
    AlpacaFiles.writeLeaderboard(file, report);
    String header = Files.readString(file).lines().findFirst().orElseThrow();
    assertTrue(
        header.startsWith(
            ",win_rate,standard_error,n_wins,n_wins_base,n_draws,n_total,mode,avg_length,"
                + "discrete_win_rate,length_controlled_minimal,"),
        header);
    // pandas reads the first column, which has no name, as the index.
    Csv.Row row = Csv.read("model" + Files.readString(file), "leaderboard.csv").rows().get(0);
    assertEquals(
        "o 100.0 1", row.text("model") + " " + row.text("win_rate") + " " + row.text("n_wins"));
  }

  @Test
  void whatIsNoAnswerIsNamed() throws IOException {
    for (Map.Entry<String, String> mistake :
        Map.of(
                "{\"instruction\": 1}", "is not a JSON array",
                "[{\"instruction\": \"i\"}]", "entry 1 has no text \"output\"",
                "[{\"instruction\": ", "line 1, column",
                "[]", "holds no outputs")
            .entrySet()) {
      Path file = write("o.json", mistake.getKey());
      UserError error = assertThrows(UserError.class, () -> AlpacaOutputs.read(file));
      assertTrue(error.getMessage().contains(mistake.getValue()), error::toString);
    }
  }
}
