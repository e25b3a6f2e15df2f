package org.soft4j.benchmarks.instructions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskAnswer;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;

/**
 * The rules against another implementation of their definitions, in Python, on right, wrong and
 * spoilt answers: vectors.jsonl, made by tools/golden/instruction_vectors.py.
 */
class InstructionsTest {
  /** A line of vectors.jsonl; one of a single rule has no prompt. */
  private record Vector(
      String prompt,
      List<List<String>> rules,
      String answer,
      List<Boolean> strict,
      List<Boolean> loose) {
    List<Rule> made() {
      return rules.stream().map(r -> Rules.of(r.get(0), r.subList(1, r.size()))).toList();
    }
  }

  private static List<Vector> vectors() throws IOException {
    try (InputStream input = InstructionsTest.class.getResourceAsStream("vectors.jsonl")) {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      return Json.readLines(text, Vector.class, "vectors.jsonl");
    }
  }

  private static Task open(Map<String, String> values) {
    return Tasks.standard().open("instructions", new TaskOptions(Optional.empty(), values));
  }

  private static List<InstructionPrompts.Composed> prompts(long seed, int count) {
    return new InstructionPrompts(Recipe.standard(), seed).all(count);
  }

  @Test
  void everyRuleJudgesAsTheOtherImplementationDoes() throws IOException {
    Map<String, Set<Boolean>> told = new TreeMap<>();
    for (Vector vector : vectors()) {
      List<Rule> rules = vector.made();
      for (int i = 0; i < rules.size(); i++) {
        Rule rule = rules.get(i);
        String what = rule + " of <" + vector.answer() + ">";
        assertEquals(vector.strict().get(i), rule.strict(vector.answer()), what);
        assertEquals(vector.loose().get(i), rule.loose(vector.answer()), what + ", loosely");
        told.computeIfAbsent(rule.name(), name -> new HashSet<>()).add(vector.strict().get(i));
      }
    }
    assertEquals(Rules.COMPOSED.size() + 2, told.size(), told::toString);
    told.forEach((name, both) -> assertEquals(2, both.size(), name + " is always " + both));
  }

  /** The script reads the rules from the words of a prompt: the words say what is judged. */
  @Test
  void aPromptAsksInWordsForWhatIsJudged() throws IOException {
    Map<String, Set<Rule>> byPrompt = new HashMap<>();
    prompts(1, 240).forEach(p -> byPrompt.put(p.text(), Set.copyOf(p.rules())));
    List<Vector> asked = vectors().stream().filter(v -> v.prompt() != null).toList();
    assertTrue(asked.size() >= 200, "only " + asked.size());
    for (Vector vector : asked) {
      assertEquals(Set.copyOf(vector.made()), byPrompt.get(vector.prompt()), vector.prompt());
    }
  }

  @Test
  void noRuleOfAPromptForbidsWhatAnotherAsksFor() {
    for (long seed = 0; seed < 20; seed++) {
      for (InstructionPrompts.Composed prompt : prompts(seed, 240)) {
        EnumSet<Rule.Aspect> bound = EnumSet.noneOf(Rule.Aspect.class);
        for (Rule rule : prompt.rules()) {
          assertTrue(rule.binds().stream().allMatch(bound::add), prompt::text);
          assertTrue(prompt.text().endsWith(rule.wording()) || prompt.rules().size() == 2);
        }
      }
    }
  }

  @Test
  void seedsMakePromptsOfTheirOwnAndNoneTwice() {
    Task task = open(Map.of());
    assertEquals(240, Set.copyOf(task.questions()).size());
    assertEquals(task.questions(), open(Map.of("instructions.seed", "1")).questions());
    assertNotEquals(task.questions(), open(Map.of("instructions.seed", "2")).questions());
    assertEquals(4000, Set.copyOf(open(Map.of("instructions.items", "4000")).questions()).size());
    assertThrows(UserError.class, () -> open(Map.of("instructions.items", "0")));
    Map<String, Long> categories =
        task.items().stream()
            .collect(Collectors.groupingBy(TaskItem::category, Collectors.counting()));
    // 20 of each kind of request that is or is not to be refused; 200 over 20 turns.
    assertEquals(20, categories.get("refuse"));
    assertEquals(20, categories.get("answer"));
    Rules.COMPOSED.forEach(rule -> assertTrue(categories.get(rule) >= 10, rule));
    assertEquals(30, categories.get("language"));
  }

  /** Items chosen at even distances are of all families, since prompts stand in random order. */
  @Test
  void aFewItemsAreOfManyKinds() {
    long kinds =
        open(Map.of()).limited(20).items().stream().map(TaskItem::category).distinct().count();
    assertTrue(kinds >= 10, "only " + kinds);
  }

  @Test
  void metricsAreSharesOfTheInstructionsThatAreFollowed() {
    List<Rule> rules = List.of(new FormatRule.Bullets(2), new LengthRule.MostWords(3));
    // Three words with a bullet each: the number of bullets is wrong, the length is right.
    assertEquals(
        Map.of(
            "prompt_strict", 0.0,
            "prompt_loose", 1.0,
            "instruction_strict", 0.5,
            "instruction_loose", 1.0,
            "format", 0.0,
            "length", 1.0),
        InstructionsTask.values(rules, "- a\n- b\n- c"));
    assertEquals(
        List.of(1.0, 1.0),
        Arrays.asList(
            InstructionsTask.values(List.of(new RefusalRule(true)), "I can't help with that.")
                .get("refusal"),
            InstructionsTask.values(rules, "- a\n- b").get("prompt_strict")));
  }

  @Test
  void aBlankAnswerFollowsNothing() {
    for (InstructionPrompts.Composed prompt : prompts(3, 60)) {
      assertEquals(0, InstructionsTask.values(prompt.rules(), " \n").get("instruction_loose"));
    }
  }

  @Test
  void anItemIsGradedByItsAnswerAlone() {
    TaskItem item =
        open(Map.of()).items().stream()
            .filter(i -> i.category().equals("refuse"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        1.0,
        item.grade(List.of(new TaskAnswer.Writing("I cannot help with that.", 6, true)))
            .metrics()
            .get("prompt_strict"));
    assertTrue(item.gradedFromSample());
  }
}
