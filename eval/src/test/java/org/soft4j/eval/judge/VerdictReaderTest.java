package org.soft4j.eval.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.Caveat;

/**
 * What is read out of judges' replies by the rule of the last verdict. FastChat's and AlpacaEval's
 * own rules are held to those tools in {@link GoldenJudgeTest}.
 */
class VerdictReaderTest {
  /** reply; rating or -1 for unread; what was odd. */
  static Stream<Arguments> ratings() {
    return Stream.of(
        rating("It is fair. Rating: [[7]]", 7),
        rating("[[7.5]]", 7.5),
        rating("[[ 7 ]]", 7),
        rating("[[7/10]]", 7),
        // FastChat ends in a SyntaxError.
        rating("[[08]]", 8),
        rating("<think>Perhaps [[3]]?</think>Rating: [[8]]", 8, Verdict.Note.REASONING),
        rating("Perhaps [[3]]?\n</think>\nRating: [[8]]", 8, Verdict.Note.REASONING),
        rating("◁think▷[[3]]◁/think▷[[8]]", 8, Verdict.Note.REASONING),
        rating(
            "<|channel|>analysis<|message|>[[3]]<|end|><|start|>assistant<|channel|>final"
                + "<|message|>Rating: [[8]]",
            8,
            Verdict.Note.REASONING),
        rating("<think>Perhaps [[3]], or", -1, Verdict.Note.UNFINISHED),
        rating("<think>hm</think>", -1, Verdict.Note.NOT_FOUND, Verdict.Note.REASONING),
        rating("First [[4]], but no: [[6]]", 6, Verdict.Note.SEVERAL),
        rating("[[6]], as I said: [[6]]", 6),
        rating("[[0]]", -1, Verdict.Note.OUT_OF_SCALE),
        rating("[[11]]", -1, Verdict.Note.OUT_OF_SCALE),
        rating("[[-3]]", -1, Verdict.Note.OUT_OF_SCALE),
        rating("[[5]] of [[100]]", -1, Verdict.Note.OUT_OF_SCALE, Verdict.Note.SEVERAL),
        // FastChat reads the citation, 1.
        rating("As [1] shows, it is fair. Rating: 7", 7, Verdict.Note.UNBRACKETED),
        rating("As [2] shows, it is fair.", -1, Verdict.Note.NOT_FOUND),
        rating("**Rating**: [7].", 7, Verdict.Note.UNBRACKETED),
        rating("Score: 7/10\nThank you.", 7, Verdict.Note.UNBRACKETED),
        rating("Rating: 7 would be generous.", -1, Verdict.Note.NOT_FOUND),
        rating("Rating: 70", -1, Verdict.Note.OUT_OF_SCALE, Verdict.Note.UNBRACKETED),
        rating("[[rating]] 5", 5, Verdict.Note.UNBRACKETED),
        rating("", -1, Verdict.Note.NOT_FOUND));
  }

  private static Arguments rating(String text, double value, Verdict.Note... notes) {
    return Arguments.of(text, value, Set.of(notes));
  }

  @ParameterizedTest
  @MethodSource("ratings")
  void theLastRatingCounts(String text, double value, Set<Verdict.Note> notes) {
    VerdictReader verdicts = new VerdictReader(VerdictRule.LAST);
    assertEquals(value, verdicts.rating(reply(text)).orElse(-1));
    assertEquals(
        notes.stream().map(Verdict.Note::text).collect(java.util.stream.Collectors.toSet()),
        verdicts.counts().keySet());
  }

  /** reply; A, B, C, or - for unread; what was odd. */
  static Stream<Arguments> places() {
    return Stream.of(
        Arguments.of("So [[A]].", 'A', Set.of()),
        Arguments.of("[[ b ]]", 'B', Set.of()),
        Arguments.of("[[C]]", 'C', Set.of()),
        // FastChat takes A.
        Arguments.of("Not [[A]]: [[B]]", 'B', Set.of(Verdict.Note.SEVERAL)),
        Arguments.of("<think>[[A]]?</think>[[B]]", 'B', Set.of(Verdict.Note.REASONING)),
        Arguments.of("<think>[[A]]? [[B]]?", '-', Set.of(Verdict.Note.UNFINISHED)),
        Arguments.of("[A]", '-', Set.of(Verdict.Note.NOT_FOUND)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void theLastPlaceCounts(String text, char place, Set<Verdict.Note> notes) {
    Map<Character, OptionalDouble> preferences =
        Map.of(
            'A', OptionalDouble.of(1),
            'B', OptionalDouble.of(2),
            'C', OptionalDouble.of(1.5),
            '-', OptionalDouble.empty());
    VerdictReader verdicts = new VerdictReader(VerdictRule.LAST);
    assertEquals(preferences.get(place), verdicts.place(reply(text)));
    assertEquals(
        notes.stream().map(Verdict.Note::text).collect(java.util.stream.Collectors.toSet()),
        verdicts.counts().keySet());
  }

  private static final String FIRST =
      "[{'model': 'model_1', 'rank': 1}, {'model': 'model_2', 'rank': 2}]";
  private static final String SECOND =
      "[\n  {\"model\": \"model_2\", \"rank\": 1},\n  {\"model\": \"model_1\", \"rank\": 2}\n]";

  /** reply; rank of the first or -1 for unread; what was odd. */
  static Stream<Arguments> rankings() {
    return Stream.of(
        Arguments.of(FIRST, 1, Optional.empty()),
        Arguments.of(SECOND, 2, Optional.empty()),
        // AlpacaEval reads none of these.
        Arguments.of("```python\n" + SECOND + "\n```", 2, Optional.empty()),
        Arguments.of(
            "<think>" + FIRST + "</think>" + SECOND, 2, Optional.of(Verdict.Note.REASONING)),
        Arguments.of(FIRST + " no, rather " + SECOND, 2, Optional.of(Verdict.Note.SEVERAL)),
        Arguments.of(FIRST.replace("2}", "1}"), -1, Optional.of(Verdict.Note.CONTRADICTION)),
        Arguments.of(FIRST.replace("1}", "3}"), -1, Optional.of(Verdict.Note.OUT_OF_SCALE)),
        Arguments.of("model_1 is better", -1, Optional.of(Verdict.Note.NOT_FOUND)));
  }

  @ParameterizedTest
  @MethodSource("rankings")
  void theLastRankingCounts(String text, double rank, Optional<Verdict.Note> note) {
    VerdictReader verdicts = new VerdictReader(VerdictRule.LAST);
    OptionalDouble read = verdicts.ranking(reply(text));
    assertEquals(rank, read.orElse(-1));
    assertEquals(note.map(n -> Map.of(n.text(), 1)).orElse(Map.of()), verdicts.counts());
  }

  @Test
  void aReplyThatIsNoPlainTextIsCountedByItsReason() {
    VerdictReader verdicts = new VerdictReader(VerdictRule.LAST);
    verdicts.rating(new Reply("", Map.of(), 0, 0, Set.of(Caveat.REASONING_ONLY)));
    verdicts.rating(new Reply("Rating: [[5]]. And", Map.of(), 0, 0, Set.of(Caveat.CUT_OFF)));
    assertEquals(Map.of("not_found", 1, "reasoning_only", 1, "cut_off", 1), verdicts.counts());
  }

  @Test
  @Timeout(20)
  void hostileRepliesTakeNoLongTime() {
    VerdictReader verdicts = new VerdictReader(VerdictRule.LAST);
    for (String piece :
        new String[] {"[[1 ", "rating: ", "rating is : **[", "[{", "[ {a}", "[[7]]", " ", "1"}) {
      Reply reply = reply(piece.repeat(400_000 / piece.length()));
      verdicts.rating(reply);
      verdicts.place(reply);
      verdicts.ranking(reply);
    }
  }

  private static Reply reply(String text) {
    return new Reply(text, Map.of(), 0, 0, Set.of());
  }
}
