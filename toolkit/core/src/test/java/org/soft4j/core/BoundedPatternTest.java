package org.soft4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of expressions that come with files; those tried here stay just above them. */
class BoundedPatternTest {
  @Test
  void matchesAsJavaDoes() {
    BoundedPattern years = BoundedPattern.of("(\\d{4})-\\d{2}");
    assertTrue(years.matches("2026-11"));
    assertFalse(years.matches("2026-11-30"));
    assertEquals(
        List.of("2026-11", "2027-01"),
        years.all("from 2026-11 to 2027-01").stream().map(MatchResult::group).toList());
    assertEquals("from $1 to $1", years.replaced("from 2026-11 to 2027-01", "$1"));
  }

  /** Without a bound, twice the letters would take the square of the time. */
  @Test
  void aMatchThatGoesBackTooOftenIsGivenUp() {
    BoundedPattern nested = BoundedPattern.of("(a|aa)+\\1c");
    UserError error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> assertThrows(UserError.class, () -> nested.matches("a".repeat(60) + "b")));
    assertTrue(error.getMessage().contains("(a|aa)+\\1c takes too long"), error::getMessage);
  }

  @Test
  void looksOfSeveralMatchesAreCountedTogether() {
    BoundedPattern letters = BoundedPattern.of("[a-z]*");
    BoundedPattern.Looks looks = new BoundedPattern.Looks(15);
    assertTrue(letters.matches("tenletters", looks));
    assertThrows(UserError.class, () -> letters.matches("tenletters", looks));
  }

  /** These look at no letter, or take a second repetition at their word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?:){1000001}",
        "(?:(?:(?:){101}){101}){101}",
        "(?:a{1001}){1000}",
        "a{0,1000001}",
        "(((x{2}){100}|b){100}c){100}"
      })
  void repetitionsWithinRepetitionsAreCounted(String expression) {
    PatternSyntaxException refused =
        assertThrows(PatternSyntaxException.class, () -> BoundedPattern.of(expression));
    assertTrue(refused.getDescription().contains("1000000 rounds"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a{1000000}", "(?:a{1000}){1000}", "a{999}b{999}c{999}", "\\p{L}\\x{10ffff}"})
  void repetitionsSideBySideAreNot(String expression) {
    assertFalse(BoundedPattern.of(expression).matches("b"));
  }

  @Test
  void anExpressionIsNotTooLongNorTooDeep() {
    int most = BoundedPattern.MOST_LETTERS;
    BoundedPattern.of("a".repeat(most));
    assertThrows(PatternSyntaxException.class, () -> BoundedPattern.of("a".repeat(most + 1)));
    assertThrows(
        PatternSyntaxException.class,
        () -> BoundedPattern.of("(".repeat(most / 2) + ")".repeat(most / 2)));
  }
}
