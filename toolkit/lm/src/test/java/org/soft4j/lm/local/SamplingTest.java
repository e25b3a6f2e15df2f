package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** Draws follow the distribution asked for, and depend on the request's seed alone. */
class SamplingTest {
  private static final String CONTEXT = "The sun rises";
  private static LocalModel model;
  private static double[] probabilities; // of the next token at temperature 1, by an oracle

  @BeforeAll
  static void open() {
    model = Golden.open("llama-tied");
    var source = model.source();
    double[][] rows =
        new ReferenceDecoder(source.architecture(), source.weights())
            .logProbabilities(source.tokenizer().encode(CONTEXT));
    probabilities = Arrays.stream(rows[rows.length - 1]).map(Math::exp).toArray();
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static List<Generation> draw(Sampling sampling, int count, int tokens) {
    return model.generate(
        IntStream.range(0, count)
            .mapToObj(
                seed -> new GenerationRequest(CONTEXT, sampling, tokens, List.of(), seed * 31L))
            .toList());
  }

  /** Counts of first tokens, told apart by their log-probability. */
  private static Map<Long, Integer> counts(List<Generation> drawn) {
    Map<Long, Integer> counts = new HashMap<>();
    drawn.forEach(g -> counts.merge(key(Math.exp(g.logProbabilities()[0])), 1, Integer::sum));
    return counts;
  }

  private static long key(double probability) {
    return Math.round(probability * 1e5);
  }

  /** Draws follow p: each count lies within 5 standard deviations of n p. */
  private static void assertFollows(double[] p, Map<Long, Integer> counts, int n) {
    double[] whole = Arrays.stream(p).map(v -> v / Arrays.stream(p).sum()).toArray();
    for (int token = 0; token < p.length; token++) {
      if (whole[token] > 0.05) {
        double seen = counts.getOrDefault(key(probabilities[token]), 0);
        double spread = Math.sqrt(n * whole[token] * (1 - whole[token]));
        assertEquals(n * whole[token], seen, 5 * spread + 1);
      }
    }
  }

  @Test
  void temperatureReshapesTheDistribution() {
    double[] sharper = Arrays.stream(probabilities).map(p -> p * p).toArray();
    assertFollows(sharper, counts(draw(new Sampling(0.5, 1, 0), 600, 1)), 600);
    assertFollows(probabilities, counts(draw(new Sampling(1, 1, 0), 600, 1)), 600);
  }

  @Test
  void topKLeavesTheLikeliest() {
    double third = sorted().get(2);
    double[] kept = Arrays.stream(probabilities).map(p -> p >= third ? p : 0).toArray();
    Map<Long, Integer> counts = counts(draw(new Sampling(1, 1, 3), 400, 1));
    assertFollows(kept, counts, 400);
    assertEquals(3, counts.size());
  }

  @Test
  void topPLeavesTheSmallestSetThatReachesIt() {
    double sum = 0;
    int size = 0;
    for (double p : sorted()) {
      if (sum < 0.6) {
        sum += p;
        size++;
      }
    }
    double last = sorted().get(size - 1);
    double[] kept = Arrays.stream(probabilities).map(p -> p >= last ? p : 0).toArray();
    Map<Long, Integer> counts = counts(draw(new Sampling(1, 0.6, 0), 400, 1));
    assertFollows(kept, counts, 400);
    assertTrue(counts.size() <= size, counts.size() + " of " + size);
  }

  @Test
  void aWideNucleusReachesBeyondTheLikeliest256() {
    double[] flat = Arrays.stream(probabilities).map(p -> Math.pow(p, 0.05)).toArray();
    double whole = Arrays.stream(flat).sum();
    double sum = 0;
    int size = 0;
    for (double p : sorted()) {
      if (sum < 0.9) {
        sum += Math.pow(p, 0.05) / whole;
        size++;
      }
    }
    assertTrue(size > 256, "nucleus of " + size);
    double last = sorted().get(size - 1);
    List<Generation> drawn = draw(new Sampling(20, 0.9, 0), 400, 1);
    assertTrue(
        drawn.stream().allMatch(g -> Math.exp(g.logProbabilities()[0]) >= last * (1 - 1e-3)));
    double middle = sorted().get(256);
    assertTrue(drawn.stream().anyMatch(g -> Math.exp(g.logProbabilities()[0]) < middle));
  }

  private static List<Double> sorted() {
    return Arrays.stream(probabilities).boxed().sorted(Comparator.reverseOrder()).toList();
  }

  @Test
  void aDrawDependsOnItsOwnSeedAlone() {
    Sampling sampling = new Sampling(1, 0.9, 50);
    GenerationRequest mine = new GenerationRequest("Paris", sampling, 20, List.of(), 42);
    Generation alone = model.generate(List.of(mine)).get(0);
    List<GenerationRequest> company = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Sampling other = i % 2 == 0 ? Sampling.GREEDY : new Sampling(2, 1, 0);
      company.add(new GenerationRequest("The sun", other, 3 * i + 1, List.of(), i));
    }
    company.add(4, mine);
    assertEquals(alone.text(), model.generate(company).get(4).text());
    GenerationRequest another = new GenerationRequest("Paris", sampling, 20, List.of(), 43);
    assertNotEquals(alone.text(), model.generate(List.of(another)).get(0).text());
  }
}
