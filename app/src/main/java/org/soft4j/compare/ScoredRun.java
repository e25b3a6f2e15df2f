package org.soft4j.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.ItemCard;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.SampleFile;
import org.soft4j.eval.TaskFiles;
import org.soft4j.eval.files.LmEvalScore;
import org.soft4j.eval.metric.Aggregate;

/**
 * What a model's answers came to, item by item.
 *
 * @param name for tables
 * @param scores by benchmark and shots, then by item, then by metric; what names an item must be
 *     the same for all that are compared
 * @param plain metrics that are no shares of one, by benchmark
 * @param items what each item asks, by benchmark and name; empty where that is not known
 * @param stands which of a run's rounds this is, where it has others after it; else empty
 */
public record ScoredRun(
    String name,
    Map<Slot, Map<String, Map<String, Double>>> scores,
    Map<String, Set<String>> plain,
    Map<String, Map<String, ItemCard>> items,
    String stands) {
  private static final Pattern SAMPLES = Pattern.compile("(.+)-(\\d+)shot\\.jsonl");
  private static final Pattern ROUND = Pattern.compile("round-(\\d+)");
  private static final String EVALUATION = "eval.json";

  /** A benchmark at one number of shots. */
  public record Slot(String benchmark, int shots) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      return Comparator.comparing(Slot::benchmark)
          .thenComparingInt(Slot::shots)
          .compare(this, other);
    }
  }

  /** Scores that are all shares of one. */
  public ScoredRun(String name, Map<Slot, Map<String, Map<String, Double>>> scores) {
    this(name, scores, Map.of(), Map.of(), "");
  }

  /** The same under another name. */
  public ScoredRun named(String other) {
    return new ScoredRun(other, scores, plain, items, stands.replace(name, other));
  }

  /** What the items of a benchmark ask, by their names. */
  Map<String, ItemCard> cards(String benchmark) {
    return items.getOrDefault(benchmark, Map.of());
  }

  /** Whether a metric is a share of one. */
  boolean share(String benchmark, String metric) {
    return !plain.getOrDefault(benchmark, Set.of()).contains(metric);
  }

  /** Samples of soft4j's own, with the items named by their ids. */
  public static ScoredRun read(Path run) {
    Map<Slot, Map<String, Map<String, Double>>> scores = new TreeMap<>();
    Path samples = samples(run);
    for (Path file : inside(samples)) {
      Matcher name = SAMPLES.matcher(file.getFileName().toString());
      if (name.matches()) {
        Map<String, Map<String, Double>> items = new TreeMap<>();
        SampleFile.read(file).forEach(sample -> items.put(sample.item(), sample.metrics()));
        scores.put(new Slot(name.group(1), Integer.parseInt(name.group(2))), items);
      }
    }
    Map<String, Set<String>> plain = new TreeMap<>();
    Map<String, Map<String, ItemCard>> asked = new TreeMap<>();
    for (Slot slot : scores.keySet()) {
      plain.put(slot.benchmark(), plain(run, slot.benchmark()));
      Map<String, ItemCard> cards = new TreeMap<>();
      described(run, slot.benchmark())
          .ifPresent(task -> task.items().forEach(item -> cards.put(item.id(), item)));
      asked.put(slot.benchmark(), cards);
    }
    return new ScoredRun(name(run), scores, plain, asked, stands(run, samples));
  }

  /** The task as it was run; empty in folders of earlier versions. */
  private static Optional<TaskFiles.Described> described(Path folder, String task) {
    Path whole = folder.toAbsolutePath().normalize();
    return Stream.of(whole, whole.getParent())
        .flatMap(root -> TaskFiles.read(root, task).stream())
        .findFirst();
  }

  /** Metrics of a task that are no shares of one; folders of earlier versions name none. */
  private static Set<String> plain(Path folder, String task) {
    return described(folder, task).stream()
        .flatMap(described -> described.card().metrics().stream())
        .filter(card -> !card.share())
        .map(MetricCard::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Scores in the form of lm-evaluation-harness, with the items named by the digests of their
   * documents; equal documents are told apart by their order. A metric with a value outside of 0 to
   * 1 is no share of one, and what an item gives to a metric over the whole task is no score of it.
   */
  public static ScoredRun of(Path folder, List<LmEvalScore> read) {
    Map<Slot, Map<String, TreeSet<Integer>>> alike = new TreeMap<>();
    for (LmEvalScore score : read) {
      refuseNoNumber(folder, score);
      alike
          .computeIfAbsent(slot(score), slot -> new TreeMap<>())
          .computeIfAbsent(score.digest(), digest -> new TreeSet<>())
          .add(score.item());
    }
    Map<Slot, Map<String, Map<String, Double>>> scores = new TreeMap<>();
    Map<String, Set<String>> plain = new TreeMap<>();
    for (LmEvalScore score : read) {
      if (Aggregate.named(FilteredMetric.of(score.metric()).name()).isPresent()) {
        continue;
      }
      int before = alike.get(slot(score)).get(score.digest()).headSet(score.item()).size();
      scores
          .computeIfAbsent(slot(score), slot -> new TreeMap<>())
          .computeIfAbsent(score.digest() + " ".repeat(before), item -> new TreeMap<>())
          .put(score.metric(), score.value());
      if (score.value() < 0 || score.value() > 1) {
        plain.computeIfAbsent(score.task(), task -> new TreeSet<>()).add(score.metric());
      }
    }
    return new ScoredRun(name(folder), scores, plain, Map.of(), "");
  }

  private static Slot slot(LmEvalScore score) {
    return new Slot(score.task(), score.shots());
  }

  private static void refuseNoNumber(Path folder, LmEvalScore score) {
    if (!Double.isFinite(score.value())) {
      throw new UserError(
          "%s: %s of item %s of %s is %s, which is no number and cannot be compared."
              .formatted(folder, score.metric(), score.item(), score.task(), score.value()),
          "Look at that item's log-probabilities; the model may be broken, or overflow.");
    }
  }

  /** Which round is compared, where the run went on after it. */
  private static String stands(Path run, Path samples) {
    int round = KeptFile.read(run).orElse(-1);
    boolean kept = samples.equals(run.resolve("round-" + round).resolve("eval"));
    return kept && Files.isDirectory(run.resolve("round-" + (round + 1)).resolve("eval"))
        ? "%s stands with round %s, which it kept".formatted(name(run), round)
        : "";
  }

  /**
   * The folder with the samples: of an evaluation, of a round, of the round that a run kept, or of
   * its last measured one where it is not finished.
   */
  private static Path samples(Path run) {
    if (Files.exists(run.resolve(EVALUATION))) {
      return run;
    }
    if (Files.isDirectory(run.resolve("eval"))) {
      return run.resolve("eval");
    }
    Optional<Path> kept =
        KeptFile.read(run).stream()
            .mapToObj(round -> run.resolve("round-" + round).resolve("eval"))
            .filter(Files::isDirectory)
            .findFirst();
    if (kept.isPresent()) {
      return kept.get();
    }
    return inside(run).stream()
        .filter(path -> Files.isDirectory(path.resolve("eval")))
        .filter(path -> ROUND.matcher(path.getFileName().toString()).matches())
        .max(Comparator.comparingInt(ScoredRun::number))
        .map(round -> round.resolve("eval"))
        .orElseThrow(
            () ->
                new UserError(
                    "%s holds no measured round.".formatted(run),
                    "Give a run folder, such as runs/NAME, one of its rounds, the folder of an"
                        + " evaluation, or one that lm-evaluation-harness wrote."));
  }

  private static int number(Path round) {
    return Integer.parseInt(round.getFileName().toString().substring("round-".length()));
  }

  private static String name(Path run) {
    Path whole = run.toAbsolutePath().normalize();
    return ROUND.matcher(whole.getFileName().toString()).matches()
        ? whole.getParent().getFileName() + "/" + whole.getFileName()
        : whole.getFileName().toString();
  }

  private static List<Path> inside(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "There is no folder %s.".formatted(folder), "Give a run folder, such as runs/NAME.");
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
