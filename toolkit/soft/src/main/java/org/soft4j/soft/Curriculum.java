package org.soft4j.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.datasets.Prompt;

/** Sorts prompts by difficulty; pure, and usable alone. */
public final class Curriculum {
  private Curriculum() {}

  /**
   * The prompts in curriculum order.
   *
   * @param prompts to be sorted
   * @param difficulty of each prompt id; higher is harder. Prompts without one, or whose is NaN,
   *     stand last in either order
   * @param order of the sort; NONE leaves the prompts as they are
   * @param withinType whether each type is sorted alone and the types are then interleaved, so that
   *     every stretch of the order holds the types in their overall shares
   * @param seed of the random order
   */
  public static List<Prompt> sort(
      List<Prompt> prompts,
      Map<String, Double> difficulty,
      CurriculumSettings.Order order,
      boolean withinType,
      long seed) {
    Comparator<Prompt> easyFirst =
        Comparator.comparing((Prompt p) -> difficulty.get(p.id())).thenComparing(Prompt::id);
    return switch (order) {
      case NONE, BY_METHOD -> List.copyOf(prompts);
      case RANDOM -> PromptSplit.shuffled(prompts, seed);
      case EASY_TO_HARD, HARD_TO_EASY -> {
        Map<Boolean, List<Prompt>> parts =
            prompts.stream().collect(Collectors.partitioningBy(p -> rated(difficulty.get(p.id()))));
        List<Prompt> all = new ArrayList<>(sorted(parts.get(true), easyFirst, withinType));
        if (order == CurriculumSettings.Order.HARD_TO_EASY) {
          Collections.reverse(all);
        }
        all.addAll(parts.get(false));
        yield List.copyOf(all);
      }
    };
  }

  private static boolean rated(Double difficulty) {
    return difficulty != null && !difficulty.isNaN();
  }

  private static List<Prompt> sorted(
      List<Prompt> prompts, Comparator<Prompt> easyFirst, boolean withinType) {
    List<Prompt> all = prompts.stream().sorted(easyFirst).toList();
    if (!withinType) {
      return all;
    }
    // A prompt's place is the middle of its share of its own type: 1 of 4 stands at 1/8.
    Map<String, Double> place = new HashMap<>();
    Map<String, List<Prompt>> byType = all.stream().collect(Collectors.groupingBy(Prompt::type));
    byType
        .values()
        .forEach(
            type -> {
              for (int i = 0; i < type.size(); i++) {
                place.put(type.get(i).id(), (i + 0.5) / type.size());
              }
            });
    return all.stream()
        .sorted(Comparator.comparing((Prompt p) -> place.get(p.id())).thenComparing(easyFirst))
        .toList();
  }
}
