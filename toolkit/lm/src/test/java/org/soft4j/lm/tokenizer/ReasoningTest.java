package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasoning that models mark, in the forms in which servers send it. */
class ReasoningTest {
  /** text; answer; found, unfinished. */
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(" 4\n", " 4\n", false, false),
        Arguments.of("<think>\n2 and 2\n</think>\n\n4", "4", true, false),
        Arguments.of("<thinking>2</thinking>4", "4", true, false),
        Arguments.of("<THINK>2</Think> 4", "4", true, false),
        Arguments.of("<seed:think>2</seed:think>4", "4", true, false),
        Arguments.of("◁think▷2◁/think▷4", "4", true, false),
        Arguments.of("[THINK]2[/THINK]4", "4", true, false),
        Arguments.of("<|START_THINKING|>2<|END_THINKING|>4", "4", true, false),
        // The template has begun it.
        Arguments.of("2 and 2\n</think>\n\n4", "4", true, false),
        Arguments.of("2 and 2</think>\n4", "4", true, false),
        // Never ended: cut off, or stopped inside.
        Arguments.of("<think>\n2 and", "", true, true),
        Arguments.of("So:\n<think>2 and", "So:", true, true),
        Arguments.of("<think>a</think>4 <think>b</think>5", "4 5", true, false),
        Arguments.of("<think>a <think>b</think> c</think>5", "5", true, false),
        Arguments.of("<think>a <think>b</think>5", "5", true, false),
        // gpt-oss, with its special tokens and without.
        Arguments.of(
            "<|channel|>analysis<|message|>2<|end|><|start|>assistant<|channel|>final<|message|>4"
                + "<|return|>",
            "4",
            true,
            false),
        Arguments.of("<|channel|>analysis<|message|>2 and", "", true, true),
        Arguments.of("analysis2 and 2.assistantfinal4", "4", true, false),
        // Mentioned, not used.
        Arguments.of(
            "The answer has a <think> tag.", "The answer has a <think> tag.", false, false),
        Arguments.of("It ends in </think>, oddly.", "It ends in </think>, oddly.", false, false),
        Arguments.of("analysis of 4", "analysis of 4", false, false));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isTakenOut(String text, String answer, boolean found, boolean unfinished) {
    assertEquals(new Reasoning(answer, found, unfinished), Reasoning.of(text));
  }

  @Test
  @Timeout(20)
  void aLongTextOfMarksTakesNoLongTime() {
    String text = "<think>".repeat(200_000) + "</think>".repeat(200_000) + "4";
    assertEquals("4", Reasoning.of(text).answer());
    assertEquals("4", Reasoning.of("\n</think>".repeat(200_000) + "\n4").answer());
    assertEquals("", Reasoning.of(" \n".repeat(200_000) + "<think>".repeat(200_000)).answer());
  }
}
