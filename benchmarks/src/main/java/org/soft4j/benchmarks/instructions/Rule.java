package org.soft4j.benchmarks.instructions;

import java.util.List;
import java.util.Set;

/** An instruction that a rule can judge. */
sealed interface Rule permits FormatRule, LengthRule, KeywordRule, LanguageRule, RefusalRule {
  /** What a rule binds of an answer; two rules of a prompt bind nothing in common. */
  enum Aspect {
    SHAPE,
    CASE,
    COMMA,
    LENGTH,
    EDGES,
    KEYWORD,
    LANGUAGE
  }

  /** Its name, such as {@code bullets}. */
  String name();

  /** What makes it the one it is, such as the number of bullets; see {@link Rules#of}. */
  default List<String> values() {
    return List.of();
  }

  /** How a prompt asks for it; empty where the request itself does. */
  String wording();

  /** What it binds. */
  Set<Aspect> binds();

  /** Which table it stands in: format, length, keyword, language or refusal. */
  String family();

  /** Whether a text that is not blank, without blanks at its ends, follows it. */
  boolean holds(String text);

  /** Whether the answer as it was written follows it; a blank one follows nothing. */
  default boolean strict(String answer) {
    String text = AnswerText.plain(answer);
    return !text.isEmpty() && holds(text);
  }

  /** Whether one of {@link AnswerText#readings} follows it. */
  default boolean loose(String answer) {
    return AnswerText.readings(answer).stream().anyMatch(this::holds);
  }
}
