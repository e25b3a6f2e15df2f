package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.soft4j.core.DidYouMean;
import org.soft4j.eval.metric.Aggregate;
import org.soft4j.eval.yaml.functions.TaskFunction;

/**
 * A metric of metric_list.
 *
 * @param name of the metric
 * @param aggregate how the task's value comes from what its items give; empty for their mean
 * @param match when two texts are equal, for exact_match
 * @param passedOver options of its entry that change nothing, as in the reference harness
 */
record MetricPlan(
    String name, Optional<Aggregate> aggregate, ExactMatch match, Set<String> passedOver) {
  private static final Set<String> ENTRY =
      Set.of("metric", "aggregation", "higher_is_better", "hf_evaluate");

  /** Options that the harness hands to metrics which do not read them. */
  private static final Set<String> UNREAD =
      Set.of(
          "average",
          "ignore_case",
          "ignore_numbers",
          "ignore_punctuation",
          "regexes_to_ignore",
          "weight_by_size");

  private static final String MEAN = "mean";
  private static final String EXACT_MATCH = "exact_match";

  /** Metrics that are no means over items. */
  private static final Map<String, Aggregate> WHOLE =
      Map.ofEntries(
          Map.entry("f1", Aggregate.F1),
          Map.entry("mcc", Aggregate.MATTHEWS),
          Map.entry("brier_score", Aggregate.BRIER),
          Map.entry("perplexity", Aggregate.PERPLEXITY),
          Map.entry("word_perplexity", Aggregate.WEIGHTED_PERPLEXITY),
          Map.entry("byte_perplexity", Aggregate.WEIGHTED_PERPLEXITY),
          Map.entry("bits_per_byte", Aggregate.BITS_PER_BYTE),
          Map.entry("bleu", Aggregate.BLEU),
          Map.entry("chrf", Aggregate.CHRF),
          Map.entry("chrf++", Aggregate.CHRF_WORDS),
          Map.entry("ter", Aggregate.TER));

  /** A metric with its own aggregation. */
  static MetricPlan standard(String name) {
    return new MetricPlan(name, Optional.ofNullable(WHOLE.get(name)), ExactMatch.PLAIN, Set.of());
  }

  /** Reads metric_list, or takes what stands for it. */
  static List<MetricPlan> read(
      Map<String, YamlValue> fields, YamlValue whole, TaskPlan.Output output) {
    if (fields.containsKey("process_results")) {
      return Fields.required(whole, fields, "metric_list").list().stream()
          .map(MetricPlan::scored)
          .toList();
    }
    if (!fields.containsKey("metric_list")) {
      return output.standard().stream().map(MetricPlan::standard).toList();
    }
    List<MetricPlan> metrics = new ArrayList<>();
    for (YamlValue entry : fields.get("metric_list").list()) {
      metrics.add(entry(entry, output));
    }
    return List.copyOf(metrics);
  }

  /** A metric whose values process_results gives. */
  private static MetricPlan scored(YamlValue entry) {
    Map<String, YamlValue> of = entry.fields();
    YamlValue name = Fields.required(entry, of, "metric");
    YamlValue aggregation = of.get("aggregation");
    if (aggregation != null) {
      Fields.refuseCode(aggregation);
      if (!aggregation.text().equals(MEAN)) {
        throw aggregation.fault(
            "\"%s\" is not supported of what process_results gives.".formatted(aggregation.text()),
            "Available: mean.");
      }
    }
    direction(of, true);
    return new MetricPlan(name.text(), Optional.empty(), ExactMatch.PLAIN, Set.of());
  }

  private static MetricPlan entry(YamlValue entry, TaskPlan.Output output) {
    Map<String, YamlValue> of = entry.fields();
    YamlValue metric = Fields.required(entry, of, "metric");
    Fields.refuseCode(metric);
    String name = metric.text();
    if (!output.known().contains(name)) {
      throw metric.fault(
          "\"%s\" is not supported.%s".formatted(name, DidYouMean.hint(name, output.known())),
          "Available for this output_type: " + String.join(", ", output.known()) + ".");
    }
    Map<String, YamlValue> options = new TreeMap<>(of);
    options.keySet().removeAll(ENTRY);
    options.values().removeIf(YamlValue::isNull);
    Optional<Aggregate> aggregate = aggregate(name, of);
    boolean writes = output == TaskPlan.Output.GENERATE_UNTIL;
    if (aggregate.filter(a -> a.ofTexts() != writes).isPresent()) {
      throw metric.fault(
          "\"%s\" with this aggregation is of %s, and the task has %s."
              .formatted(
                  name, writes ? "choices" : "texts", writes ? "written answers" : "scored ones"),
          writes ? "Take exact_match, or an aggregation of texts." : "Take acc.");
    }
    direction(of, aggregate.map(Aggregate::higherIsBetter).orElse(true));
    if (writes) {
      refuseEvaluate(of);
      if (name.equals(EXACT_MATCH)) {
        return new MetricPlan(name, aggregate, ExactMatch.read(options), Set.of());
      }
    }
    Fields.refuseOthers(options, UNREAD);
    Set<String> unread = new TreeSet<>(options.keySet());
    if (of.containsKey("hf_evaluate")) {
      unread.add("hf_evaluate");
    }
    return new MetricPlan(name, aggregate, ExactMatch.PLAIN, unread);
  }

  private static Optional<Aggregate> aggregate(String name, Map<String, YamlValue> entry) {
    Optional<Aggregate> own = Optional.ofNullable(WHOLE.get(name));
    YamlValue written = entry.get("aggregation");
    if (written == null || written.isNull()) {
      return own;
    }
    if (!written.function().isEmpty()) {
      Aggregate named = PythonCode.of(written, TaskFunction.Aggregation.class).aggregate();
      boolean fits =
          named.ofClasses()
              ? own.filter(Aggregate::ofClasses).isPresent()
              : named.ofTexts() && name.equals("f1");
      if (!fits) {
        throw written.fault("does not fit " + name + ".", "Give it " + own(own) + ".");
      }
      return Optional.of(named);
    }
    if (!written.text().equals(own(own))) {
      throw written.fault(
          "\"%s\" is not supported for %s.".formatted(written.text(), name),
          "Available: " + own(own) + ".");
    }
    return own;
  }

  private static String own(Optional<Aggregate> aggregate) {
    return aggregate.map(Aggregate::harnessName).orElse(MEAN);
  }

  private static void direction(Map<String, YamlValue> entry, boolean higher) {
    YamlValue written = entry.get("higher_is_better");
    if (written != null && !written.isNull() && written.flag() != higher) {
      throw written.fault(
          "is %s.".formatted(!higher),
          higher ? "A higher value is better here." : "A lower value is better here.");
    }
  }

  private static void refuseEvaluate(Map<String, YamlValue> entry) {
    YamlValue asked = entry.get("hf_evaluate");
    if (asked != null && asked.flag()) {
      throw asked.fault("asks for Python's evaluate.", "Leave it out.");
    }
  }
}
