package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Joins a baseline's outputs and a model's by their instruction, as AlpacaEval does
 * (pairwise_evaluator.py, annotate_head2head): every output with every output to the same
 * instruction, equal pairs once. What is doubled or without a partner is counted.
 *
 * @param pairs baseline's output and model's, in the baseline's order
 * @param counts of odd rows by what is odd; none where each row has its one partner
 */
record AlpacaRows(List<Pair> pairs, Map<String, Integer> counts) {
  record Pair(ModelOutput baseline, ModelOutput output) {}

  private static final String DOUBLED = "doubled_instructions";

  static AlpacaRows of(List<ModelOutput> baseline, List<ModelOutput> outputs) {
    Map<String, List<ModelOutput>> answers = byInstruction(outputs);
    Map<String, List<ModelOutput>> asked = byInstruction(baseline);
    Set<Pair> pairs = new LinkedHashSet<>();
    for (ModelOutput reference : baseline) {
      answers
          .getOrDefault(reference.instruction(), List.of())
          .forEach(output -> pairs.add(new Pair(reference, output)));
    }
    Map<String, Integer> counts = new TreeMap<>();
    put(counts, DOUBLED + "_of_baseline", baseline.size() - asked.size());
    put(counts, DOUBLED + "_of_model", outputs.size() - answers.size());
    put(counts, "unanswered_of_baseline", without(asked, answers));
    put(counts, "unknown_to_baseline", without(answers, asked));
    put(
        counts,
        "empty_answers",
        (int) pairs.stream().filter(pair -> pair.output.output().isBlank()).count());
    put(
        counts,
        "empty_answers_of_baseline",
        (int) pairs.stream().filter(pair -> pair.baseline.output().isBlank()).count());
    return new AlpacaRows(List.copyOf(pairs), counts);
  }

  private static Map<String, List<ModelOutput>> byInstruction(List<ModelOutput> outputs) {
    Map<String, List<ModelOutput>> by = new LinkedHashMap<>();
    outputs.forEach(o -> by.computeIfAbsent(o.instruction(), key -> new ArrayList<>()).add(o));
    return by;
  }

  private static int without(
      Map<String, List<ModelOutput>> some, Map<String, List<ModelOutput>> others) {
    return (int) some.keySet().stream().filter(key -> !others.containsKey(key)).count();
  }

  private static void put(Map<String, Integer> counts, String name, int count) {
    if (count > 0) {
      counts.put(name, count);
    }
  }
}
