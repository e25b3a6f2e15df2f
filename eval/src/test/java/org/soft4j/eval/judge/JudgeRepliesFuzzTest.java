package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soft4j.testing.FuzzEdits;

/** Whatever a judge writes is read as a verdict of its scale or as none, by every rule. */
class JudgeRepliesFuzzTest {
  private static final FuzzEdits REPLIES =
      FuzzEdits.of(
          List.of(
              "The answer is helpful and correct.\n\nRating: [[8]]",
              "<think>It could be [[3]].</think>I rate it [[9.5]], or [[10/10]].",
              "**Score**: 7/10\nRating: [7]",
              "Assistant A is better: [[A]]",
              "Both are alike. My final verdict is [[C]], not [[B]].",
              "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]",
              "Ranking:\n[{\"model\": \"model_2\", \"rank\": 1}, {'model': 'model_1', 'rank': 2}]",
              "[('model_1', 1), ('model_2', 0x2), {'a': None, 'b': [1.5e3, True]}]"),
          List.of(
              "[[",
              "]]",
              "[[A]]",
              "[[5]]",
              "[[-1]]",
              "[[011]]",
              "rank",
              "'",
              "\"",
              "\\x",
              "\\N{",
              "model_1",
              "{",
              "}",
              "(",
              ")",
              ",",
              ":",
              "1e999",
              "0b1",
              "1_0",
              "<think>",
              "</think>",
              "r'",
              "b'",
              "# ",
              "\u0000",
              "\ud83d\ude00",
              "\u0663",
              "Rating: ",
              "None",
              "-",
              "..."));

  @ParameterizedTest
  @EnumSource
  void everyReplyIsAVerdictOfTheScaleOrNone(VerdictRule rule) {
    REPLIES.hold(
        "judge replies, " + rule.text(),
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          Reply reply = new Reply(text, Map.of(), 0, 0, Set.of());
          VerdictReader verdicts = new VerdictReader(rule);
          OptionalDouble rating = verdicts.rating(reply);
          boolean bounded = rule != VerdictRule.FASTCHAT;
          assertTrue(!bounded || rating.isEmpty() || in(rating, 1, 10), rating::toString);
          OptionalDouble place = verdicts.place(reply);
          assertTrue(place.isEmpty() || in(place, 1, 2), place::toString);
          OptionalDouble ranking = verdicts.ranking(reply);
          assertTrue(ranking.isEmpty() || in(ranking, 1, 2), ranking::toString);
          VerdictReader.words(verdicts.counts());
          return (rating.isPresent() ? "rating " : "")
              + (place.isPresent() ? "place " : "")
              + (ranking.isPresent() ? "ranking" : "");
        });
  }

  private static boolean in(OptionalDouble value, double lowest, double highest) {
    return value.getAsDouble() >= lowest && value.getAsDouble() <= highest;
  }
}
