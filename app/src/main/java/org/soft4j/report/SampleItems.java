package org.soft4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.soft4j.core.Printable;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.PromptFile;

/**
 * All that is known of a benchmark's items and answers, for its samples page.
 *
 * @param benchmark its name
 * @param title of the page
 * @param head what the items have in common
 * @param items in the task's order
 */
record SampleItems(String benchmark, String title, Head head, List<Item> items) {
  private static final double DIGITS = 1e4;
  // Of all numbers of demonstrations together, so that a report fits into the memory of a run.
  private static final long MOST_LETTERS = 64 << 20;

  /**
   * What the items have in common.
   *
   * @param rounds names of the models that answered
   * @param after number of the one that stands for the run
   * @param shots numbers of demonstrations
   * @param metrics their names
   * @param verdicts metrics whose values are right or wrong, a tie counting half
   */
  record Head(
      List<String> rounds,
      int after,
      List<Integer> shots,
      List<String> metrics,
      List<String> verdicts) {}

  /**
   * An item.
   *
   * @param prompts by number of demonstrations
   * @param rounds answers in the order of the rounds, by number of demonstrations
   */
  record Item(
      String id,
      String category,
      String question,
      String answer,
      Map<Integer, Prompt> prompts,
      List<Map<Integer, Answer>> rounds) {}

  /** Texts that stand before, and for each request its text's number and its continuation. */
  record Prompt(List<String> contexts, List<List<Object>> asked) {}

  /** What a model answered, as {@link ItemSample} has it, and what a judge said. */
  record Answer(
      String chosen,
      Map<String, Double> metrics,
      List<Double> logProbabilities,
      List<String> texts,
      List<String> caveats,
      String judge) {}

  /** Reads a benchmark's; empty where there is no sample of it. */
  static Optional<SampleItems> of(RunReader files, String benchmark) {
    int models = Math.max(1, files.measured().size());
    Set<Integer> shots = new TreeSet<>();
    files.measurements().stream()
        .filter(m -> m.benchmark().equals(benchmark))
        .map(Measurement::shots)
        .forEach(shots::add);
    Map<String, Item> items = new LinkedHashMap<>();
    ItemCards cards = ItemCards.of(files, benchmark);
    cards.byId().keySet().forEach(id -> items.put(id, blank(cards, id)));
    Set<String> metrics = new LinkedHashSet<>();
    Set<String> graded = new LinkedHashSet<>();
    boolean any = false;
    long letters = 0;
    for (int k : shots) {
      Map<String, PromptFile.Prompt> read = PromptFile.read(files.folder(), benchmark, k);
      letters += read.values().stream().mapToLong(PromptFile.Prompt::letters).sum();
      Map<String, PromptFile.Prompt> prompts = letters > MOST_LETTERS ? Map.of() : read;
      for (int round = 0; round < models; round++) {
        Judgments judgments = Judgments.read(files, round, benchmark, k);
        for (ItemSample sample : files.samples(round, benchmark, k).values()) {
          any = true;
          Item item = items.computeIfAbsent(sample.item(), id -> blank(cards, id));
          while (item.rounds().size() < models) {
            item.rounds().add(new TreeMap<>());
          }
          item.rounds().get(round).put(k, answer(sample, judgments, cards));
          Optional.ofNullable(prompts.get(sample.item()))
              .ifPresent(prompt -> item.prompts().put(k, prompt(prompt)));
          sample.metrics().forEach((name, value) -> note(name, value, metrics, graded));
        }
      }
    }
    if (!any) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int round = 0; round < models; round++) {
      names.add(Printable.line(files.who(round)));
    }
    Head head =
        new Head(
            names,
            files.shown(),
            List.copyOf(shots),
            ordered(files, benchmark, metrics),
            metrics.stream().filter(m -> !graded.contains(m)).toList());
    return Optional.of(
        new SampleItems(
            benchmark,
            "%s, item by item".formatted(benchmark),
            head,
            items.values().stream().filter(item -> !item.rounds().isEmpty()).toList()));
  }

  private static void note(String name, double value, Set<String> metrics, Set<String> graded) {
    metrics.add(name);
    if (value != 0 && value != 0.5 && value != 1) {
      graded.add(name);
    }
  }

  /** Those of the card first, in its order. */
  private static List<String> ordered(RunReader files, String benchmark, Set<String> metrics) {
    Set<String> ordered = new LinkedHashSet<>();
    files
        .task(benchmark)
        .ifPresent(task -> task.card().metrics().forEach(metric -> ordered.add(metric.name())));
    ordered.retainAll(metrics);
    ordered.addAll(metrics);
    return List.copyOf(ordered);
  }

  private static Item blank(ItemCards cards, String id) {
    return new Item(
        Printable.line(id),
        Printable.line(cards.category(id)),
        Printable.text(cards.question(id)),
        Printable.text(cards.answer(id)),
        new TreeMap<>(),
        new ArrayList<>());
  }

  private static Prompt prompt(PromptFile.Prompt prompt) {
    return new Prompt(
        prompt.contexts().stream().map(Printable::text).toList(),
        prompt.asked().stream()
            .map(a -> List.<Object>of(a.context(), Printable.text(a.continuation())))
            .toList());
  }

  private static Answer answer(ItemSample sample, Judgments judgments, ItemCards cards) {
    Judgments.Judgment judgment = judgments.of(sample.item(), cards.question(sample.item()));
    return new Answer(
        Printable.text(sample.chosen()),
        sample.metrics(),
        sample.logProbabilities().stream().map(p -> Math.round(p * DIGITS) / DIGITS).toList(),
        sample.texts().stream().map(Printable::text).toList(),
        sample.caveats().stream().map(Printable::line).toList(),
        judgment.value().isEmpty()
            ? ""
            : Printable.text(judgment.value() + "\n\n" + judgment.words()));
  }
}
