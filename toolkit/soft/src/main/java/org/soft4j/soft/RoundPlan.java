package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.DrawSeed;
import org.soft4j.datasets.Prompt;

/**
 * Which prompts each round learns and in which order. Parts become known one after the other, since
 * the current model may have a say; splits.csv grows with them.
 */
final class RoundPlan {
  private final RunContext run;
  private final CurriculumSettings curriculum;
  private final DifficultyStage difficulties;
  private final List<List<Prompt>> parts = new ArrayList<>();

  RoundPlan(RunContext run) {
    this.run = run;
    this.curriculum = run.settings().curriculum();
    this.difficulties = new DifficultyStage(run);
  }

  /** The part of the next round, in the order it is labelled and learned. */
  List<Prompt> next() {
    int round = parts.size() + 1;
    Map<String, Double> difficulty = difficulty(round);
    List<Prompt> part = arranged(chosen(round, difficulty), round, difficulty);
    parts.add(part);
    run.folder().write("splits.csv", RunFiles.splits(parts));
    run.folder()
        .write(RunFiles.round(round, "curriculum.csv"), RunFiles.curriculum(part, difficulty));
    return part;
  }

  int demonstrationRound(int round) {
    return difficulties.demonstrationRound(round);
  }

  private Map<String, Double> difficulty(int round) {
    if (order() == CurriculumSettings.Order.NONE) {
      return Map.of();
    }
    if (curriculum.scorer() == CurriculumSettings.Scorer.BASE) {
      if (round == 1 && !run.folder().has(RunFiles.round(0, "difficulty.jsonl"))) {
        run.position(0);
      }
      return difficulties.rate(run.inputs().prompts(), 0);
    }
    if (!run.folder().has(RunFiles.round(round, "difficulty.jsonl"))) {
      run.position(round - 1);
    }
    return difficulties.rate(across() ? remaining(round) : randomPart(round), round);
  }

  private List<Prompt> chosen(int round, Map<String, Double> difficulty) {
    if (reuse() && round > 1) {
      return parts.get(0);
    }
    if (!across()) {
      return randomPart(round);
    }
    if (curriculum.scorer() == CurriculumSettings.Scorer.BASE) {
      return PromptSplit.ordered(sorted(run.inputs().prompts(), difficulty, 0), rounds())
          .parts()
          .get(round - 1);
    }
    int size = randomSplit().parts().get(round - 1).size();
    return sorted(remaining(round), difficulty, round).subList(0, size);
  }

  private List<Prompt> arranged(List<Prompt> part, int round, Map<String, Double> difficulty) {
    if (run.settings().sortedWithinRounds()) {
      return sorted(part, difficulty, round);
    }
    return PromptSplit.shuffled(part, DrawSeed.of(run.settings().seed(), "shuffle", round, ""));
  }

  private List<Prompt> sorted(List<Prompt> prompts, Map<String, Double> difficulty, int round) {
    long seed = DrawSeed.of(run.settings().seed(), "order", round, "");
    return Curriculum.sort(prompts, difficulty, order(), curriculum.withinType(), seed);
  }

  private List<Prompt> remaining(int round) {
    if (reuse() && round > 1) {
      return parts.get(0);
    }
    Set<Prompt> used = new HashSet<>();
    parts.forEach(used::addAll);
    return run.inputs().prompts().stream().filter(p -> !used.contains(p)).toList();
  }

  private List<Prompt> randomPart(int round) {
    PromptSplit split = randomSplit();
    return (reuse() ? split.reused() : split).parts().get(round - 1);
  }

  private PromptSplit randomSplit() {
    long seed = DrawSeed.of(run.settings().seed(), "split", 0, "");
    return PromptSplit.random(run.inputs().prompts(), rounds(), seed);
  }

  private boolean across() {
    return order() != CurriculumSettings.Order.NONE && curriculum.where().across();
  }

  private boolean reuse() {
    return run.settings().split().reuse();
  }

  private CurriculumSettings.Order order() {
    return run.settings().order();
  }

  private int rounds() {
    return run.settings().effectiveRounds();
  }
}
