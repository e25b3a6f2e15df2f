package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.soft4j.datasets.HelpfulPool;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.soft.Contamination;
import org.soft4j.soft.IclPool;
import org.soft4j.soft.SoftInputs;

/** AlpacaEval was made from the user-oriented instructions: a run must train on none of them. */
class AlpacaOverlapTest {
  private final Path data = Path.of(System.getenv().getOrDefault("SOFT4J_DATA", "absent"));

  @Test
  void everyUserOrientedInstructionIsLeftOut() {
    Path prompts = data.resolve("prompts/user_oriented.jsonl");
    assumeTrue(Files.exists(prompts), "SOFT4J_DATA holds no prompts/user_oriented.jsonl");
    List<String> questions =
        Tasks.standard()
            .open("alpaca_eval", new TaskOptions(Optional.of(data), Map.of()))
            .questions();
    assertEquals(805, questions.size());
    SoftInputs inputs =
        new SoftInputs(
            PromptFiles.read(prompts),
            IclPool.of(HelpfulPool.demonstrations()),
            ContextTemplate.PLAIN,
            List.of(),
            Map.of("alpaca_eval", questions),
            Map.of());
    Contamination.Cleaned cleaned = Contamination.clean(inputs, 8);
    assertEquals(252, inputs.prompts().size());
    assertEquals(252, cleaned.prompts().size());
    assertEquals(Map.of("alpaca_eval", 252), onlyBenchmarks(cleaned.counts().get("prompts")));
    assertTrue(cleaned.inputs().prompts().isEmpty());
  }

  private static Map<String, Integer> onlyBenchmarks(Map<String, Integer> counts) {
    return Map.of("alpaca_eval", counts.get("alpaca_eval"));
  }
}
