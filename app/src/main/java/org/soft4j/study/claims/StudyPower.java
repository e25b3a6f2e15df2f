package org.soft4j.study.claims;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.soft4j.compare.NoiseRule;
import org.soft4j.core.Csv;
import org.soft4j.eval.CrossedComparison.Spread;
import org.soft4j.eval.Task;
import org.soft4j.settings.StudySettings;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.table.TextTable;

/**
 * How small a difference a study can see, before it begins.
 *
 * @param spread of a paired difference, seen or assumed
 * @param from where the spread is from, in words
 * @param tests over how many the p-values will be corrected
 */
public record StudyPower(Spread spread, String from, int tests) {
  private static final List<Integer> SEEDS = List.of(2, 3, 5, 10, 20);
  private static final List<Integer> ITEMS = List.of(100, 200, 400, 800);
  private static final double POINTS = 100;

  /**
   * Of a study: by the spreads that claims.csv of a finished one in the folder tells, else by what
   * the settings assume.
   */
  public static StudyPower of(StudyDesign design, Path folder) {
    int benchmarks = (int) design.values().data().tasks().stream().distinct().count();
    int tests = Math.max(1, Contrast.of(design).size() * Math.max(1, benchmarks));
    Path claims = folder.resolve("claims.csv");
    Optional<Spread> seen = Files.isRegularFile(claims) ? read(claims) : Optional.empty();
    if (seen.isPresent()) {
      return new StudyPower(seen.get(), "the mean spreads seen in " + claims, tests);
    }
    return new StudyPower(assumed(design.values().study()), words(design.values().study()), tests);
  }

  /** Of the answers that change, half are taken to change under every seed alike. */
  static Spread assumed(StudySettings settings) {
    double half = Math.sqrt(settings.changed() / 2);
    return new Spread(settings.seedSpread() / POINTS, half, half);
  }

  private static String words(StudySettings settings) {
    return String.format(
        Locale.ROOT,
        "the assumption that %.0f %% of the answers change between two conditions, half of them under"
            + " every seed alike, and that seeds move a difference by %.1f points (--changed,"
            + " --seed-spread)",
        POINTS * settings.changed(),
        settings.seedSpread());
  }

  private static Optional<Spread> read(Path claims) {
    double[] sums = new double[3];
    int rows = 0;
    List<String> columns = List.of("spread_seeds", "spread_items", "spread_rest");
    for (Csv.Row row : Csv.read(claims).with(columns).rows()) {
      if (columns.stream().noneMatch(column -> row.text(column).isEmpty())) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += Math.pow(row.number(columns.get(i)), 2);
        }
        rows++;
      }
    }
    // Means of variances; of no row there is none.
    int count = rows;
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Spread(
                Math.sqrt(sums[0] / count),
                Math.sqrt(sums[1] / count),
                Math.sqrt(sums[2] / count)));
  }

  private double points(int seeds, int items, double level) {
    return POINTS * spread.detectable(seeds, items, Finding.POWER, level);
  }

  /** A sentence for every size of benchmark that the study has. */
  public List<String> sentences(StudyDesign design) {
    int seeds = design.seeds().size();
    Map<Integer, List<String>> bySize = new LinkedHashMap<>();
    for (Task task : design.base().benchmarks()) {
      bySize.computeIfAbsent(task.items().size(), size -> new ArrayList<>()).add(task.name());
    }
    List<String> sentences = new ArrayList<>();
    if (seeds < 2) {
      return List.of("With one seed no claim can be decided; take --seeds 3 or more.");
    }
    bySize.forEach(
        (items, names) ->
            sentences.add(
                String.format(
                    Locale.ROOT,
                    "With %s seeds and %s items of %s you can see %.1f points; %.1f where all %s"
                        + " tests are corrected for.",
                    seeds,
                    items,
                    String.join(", ", names),
                    points(seeds, items, NoiseRule.LEVEL),
                    points(seeds, items, NoiseRule.LEVEL / tests),
                    tests)));
    sentences.add("Seen four times in five at the 5 % level, by " + from + ".");
    return sentences;
  }

  /** The smallest differences by numbers of seeds and of items, in points. */
  public String table(StudyDesign design) {
    TreeSet<Integer> seeds = new TreeSet<>(SEEDS);
    if (design.seeds().size() > 1) {
      seeds.add(design.seeds().size());
    }
    TreeSet<Integer> items = new TreeSet<>(ITEMS);
    design.base().benchmarks().forEach(task -> items.add(Math.max(2, task.items().size())));
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("seeds"));
    items.forEach(count -> head.add(count + " items"));
    lines.add(head);
    for (int s : seeds) {
      List<String> line = new ArrayList<>(List.of(String.valueOf(s)));
      for (int i : items) {
        line.add(String.format(Locale.ROOT, "%.1f", points(s, i, NoiseRule.LEVEL)));
      }
      lines.add(line);
    }
    return TextTable.of(lines, 0);
  }
}
