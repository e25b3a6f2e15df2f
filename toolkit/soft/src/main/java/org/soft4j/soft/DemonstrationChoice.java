package org.soft4j.soft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;

/**
 * Chooses the demonstrations of a prompt. A demonstration whose prompt is the prompt itself is
 * never chosen: it would hand over the answer.
 */
public sealed interface DemonstrationChoice {
  /** How many. */
  int k();

  /**
   * The demonstrations in the order in which they stand in the context.
   *
   * @param pool to choose from
   * @param prompt text of the prompt
   * @param seed of this prompt's draw; the same seed gives the same choice
   */
  List<Demonstration> choose(IclPool pool, String prompt, long seed);

  /**
   * Draws k without replacement for every prompt: the method's own choice.
   *
   * @param k how many
   */
  record RandomPerPrompt(int k) implements DemonstrationChoice {
    @Override
    public List<Demonstration> choose(IclPool pool, String prompt, long seed) {
      return draw(candidates(pool, prompt, k), k, seed);
    }
  }

  /**
   * The same k for all prompts, drawn once.
   *
   * @param k how many
   * @param seed of the one draw
   */
  record Fixed(int k, long seed) implements DemonstrationChoice {
    @Override
    public List<Demonstration> choose(IclPool pool, String prompt, long ignored) {
      // One of the k may be the prompt itself; another takes its place, if there is one.
      candidates(pool, prompt, k);
      List<Demonstration> order = draw(pool.demonstrations(), pool.size(), seed);
      return order.stream().filter(d -> !same(d, prompt)).limit(k).toList();
    }
  }

  /**
   * The k whose prompts are most similar by the cosine of their embeddings; the most similar stands
   * last, next to the prompt.
   *
   * @param k how many
   * @param embedding text to vector, always of the same length
   */
  record Nearest(int k, Function<String, double[]> embedding) implements DemonstrationChoice {
    @Override
    public List<Demonstration> choose(IclPool pool, String prompt, long seed) {
      double[] target = embedding.apply(prompt);
      Map<String, Double> similarity = new HashMap<>();
      List<Demonstration> found = candidates(pool, prompt, k);
      found.forEach(d -> similarity.put(d.id(), cosine(target, embedding.apply(d.prompt()))));
      // The sort is stable, so that equals keep the pool's order.
      found.sort(Comparator.comparingDouble(d -> -similarity.get(d.id())));
      List<Demonstration> nearest = new ArrayList<>(found.subList(0, k));
      Collections.reverse(nearest);
      return List.copyOf(nearest);
    }
  }

  private static List<Demonstration> draw(List<Demonstration> from, int k, long seed) {
    List<Demonstration> order = new ArrayList<>(from);
    Collections.shuffle(order, new Random(seed));
    return List.copyOf(order.subList(0, k));
  }

  private static List<Demonstration> candidates(IclPool pool, String prompt, int k) {
    List<Demonstration> found = new ArrayList<>(pool.demonstrations());
    found.removeIf(d -> same(d, prompt));
    enough(found.size(), k, pool.size() - found.size());
    return found;
  }

  private static boolean same(Demonstration demonstration, String prompt) {
    return demonstration.prompt().strip().equals(prompt.strip());
  }

  private static void enough(int available, int k, int own) {
    if (available < k) {
      throw new UserError(
          "%s demonstrations per prompt were asked for, and the ICL pool offers %s%s."
              .formatted(k, available, own > 0 ? " besides the prompt itself" : ""),
          "Enlarge the pool, or ask for fewer with --set demonstrations.shots=" + available + ".");
    }
  }

  private static double cosine(double[] a, double[] b) {
    double dot = 0;
    double normA = 0;
    double normB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      normA += a[i] * a[i];
      normB += b[i] * b[i];
    }
    return normA == 0 || normB == 0 ? 0 : dot / Math.sqrt(normA * normB);
  }
}
