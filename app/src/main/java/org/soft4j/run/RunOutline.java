package org.soft4j.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.eval.Task;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.settings.PresetModel;
import org.soft4j.settings.Settings;
import org.soft4j.soft.Method;
import org.soft4j.soft.PromptSplit;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftSettings;
import org.soft4j.soft.TrainingOptions;
import org.soft4j.soft.ValidationSettings;
import org.soft4j.table.TextTable;

/**
 * What a run is about to do: the model, what it reads, learns and is measured by, what it needs.
 *
 * @param lines in the order in which they are told
 */
public record RunOutline(List<Line> lines) {
  private static final int COLUMNS = 79;
  private static final int NAMES = 12;
  private static final double GIBIBYTE = 1L << 30;

  /** One thing to know. */
  public record Line(String name, String text) {}

  /** Copies the list. */
  public RunOutline {
    lines = List.copyOf(lines);
  }

  static RunOutline of(
      RunPlan plan,
      List<Task> tasks,
      SoftInputs inputs,
      ChosenTemplate chosen,
      LanguageModel model) {
    ModelIdentity identity = model.identity();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("model", model(plan.values(), identity)));
    lines.addAll(read(plan, tasks, inputs, chosen));
    lines.add(new Line("device", device(identity)));
    if (model.inProcess() instanceof LocalModel local) {
      lines.add(new Line("memory", memory(local, identity, plan.values().soft())));
    }
    return new RunOutline(lines);
  }

  /** The same of a model whose weights are not here, with memory and time as worked out. */
  static RunOutline unopened(
      RunPlan plan,
      List<Task> tasks,
      SoftInputs inputs,
      ChosenTemplate chosen,
      PresetModel model,
      RunWork work) {
    ModelEstimate estimate = new ModelEstimate(model, plan.values().soft());
    List<Line> lines = new ArrayList<>();
    String shape =
        String.format(
            Locale.ROOT,
            "%s (%s), %,d parameters by the %s; its weights are not here",
            model.name(),
            model.shape().family().modelType(),
            estimate.parameters(),
            model.source());
    lines.add(new Line("model", shape));
    lines.add(new Line("weights", model.weights()));
    lines.addAll(read(plan, tasks, inputs, chosen));
    lines.add(new Line("memory", estimate.memory()));
    lines.add(new Line("adapters", estimate.adapters()));
    double measuring = estimate.seconds(work.measuring());
    double labelling = estimate.seconds(work.labelling());
    double training = estimate.seconds(work.training());
    lines.add(time(labelling, training, measuring));
    lines.add(new Line("", estimate.assumption()));
    lines.addAll(origins(plan));
    return new RunOutline(lines);
  }

  /** Where each value of a preset comes from, where the preset says so. */
  private static List<Line> origins(RunPlan plan) {
    String told = "preset " + plan.name() + ": ";
    Map<String, String> texts = plan.settings().texts();
    List<Line> lines = new ArrayList<>();
    plan.settings()
        .origins()
        .forEach(
            (key, origin) -> {
              if (origin.startsWith(told)) {
                lines.add(
                    new Line(
                        lines.isEmpty() ? "settings" : "",
                        "%s %s: %s"
                            .formatted(
                                key,
                                texts.getOrDefault(key, ""),
                                origin.substring(told.length()))));
              }
            });
    return lines;
  }

  /** What is read, learned and measured, whichever model it is. */
  private static List<Line> read(
      RunPlan plan, List<Task> tasks, SoftInputs inputs, ChosenTemplate chosen) {
    Settings values = plan.values();
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("template", chosen.words()));
    lines.add(
        new Line(
            "prompts",
            "%s from %s".formatted(inputs.prompts().size(), new RunData(plan).promptSource())));
    lines.add(
        new Line(
            "pool",
            "%s demonstrations from %s, %s before each prompt"
                .formatted(
                    inputs.pool().size(),
                    values.data().pool(),
                    values.soft().demonstrations().shots())));
    lines.add(new Line("rounds", rounds(values.soft(), inputs)));
    lines.add(new Line("training", training(values.soft().training())));
    lines.add(new Line("validation", validation(values.soft(), inputs)));
    lines.add(new Line("benchmarks", benchmarks(values, tasks)));
    if (values.judge().present()) {
      lines.add(new Line("judge", values.judge().model()));
    } else if (PresetModel.of(plan.name()).isPresent()) {
      lines.add(
          new Line(
              "judge",
              "none, so that open answers are kept and not graded; give --judge"
                  + " http://host/v1#model (its key in SOFT4J_API_KEY), or a local model"));
    }
    if (values.server().labels()) {
      lines.add(new Line("labels", "written at " + values.server().address()));
    }
    return lines;
  }

  /** How many pairs there are, where they come from, and what decides which round is kept. */
  static String validation(SoftSettings soft, SoftInputs inputs) {
    String measure = soft.validation().measure();
    boolean pairs = measure.equals(ValidationSettings.LOG_PROBABILITY);
    return inputs.validation().isEmpty()
        ? pairs ? "no pairs; the last round is kept" : measure + " decides which round is kept"
        : "%s pairs, %s; %s decides which round is kept"
            .formatted(
                inputs.validation().size(),
                inputs.sources().get(RunData.VALIDATION_FROM),
                pairs ? "their " + measure : measure);
  }

  private static String model(Settings values, ModelIdentity identity) {
    String adapter = values.model().adapter();
    return String.format(
        Locale.ROOT,
        "%s (%s), %,d parameters, %s%s",
        values.model().name(),
        identity.architecture(),
        identity.parameters(),
        identity.dtype(),
        adapter.isEmpty() ? "" : ", with the adapter " + adapter);
  }

  private static String rounds(SoftSettings soft, SoftInputs inputs) {
    int rounds = soft.effectiveRounds();
    PromptSplit split = PromptSplit.ordered(inputs.prompts(), rounds);
    List<Integer> sizes =
        (soft.split().reuse() ? split.reused() : split).parts().stream().map(List::size).toList();
    String method = soft.method() == Method.SINGLE ? "1 (single)" : rounds + " of " + soft.method();
    String order = soft.order().toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "%s, prompts in each: %s; order: %s"
        .formatted(
            method,
            sizes.stream().distinct().count() == 1
                ? sizes.get(0).toString()
                : sizes.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            order);
  }

  private static String training(TrainingOptions training) {
    if (training.outside().isPresent()) {
      return "outside, by: " + training.command();
    }
    String what =
        training.method() == TrainingOptions.Trained.FULL
            ? "all weights"
            : "an adapter of rank " + training.rank();
    return "%s, %s epochs, batches of %s, learning rate %s"
        .formatted(what, training.epochs(), training.batchSize(), training.learningRate());
  }

  private static String benchmarks(Settings values, List<Task> tasks) {
    if (tasks.isEmpty()) {
      return "none";
    }
    return tasks.stream()
            .map(
                task ->
                    "%s (%s items at %s)"
                        .formatted(
                            task.name(),
                            task.items().size(),
                            shots(values.data().shots(task.name()))))
            .collect(Collectors.joining(", "))
        + "; measured %s times".formatted(1 + values.soft().effectiveRounds());
  }

  private static String shots(List<Integer> shots) {
    return shots.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " shots";
  }

  private static String device(ModelIdentity identity) {
    return "%s (%s), %s threads"
        .formatted(identity.device(), identity.deviceReason(), identity.threads());
  }

  /** What the free memory bounds is an upper bound: less is taken where less is asked for. */
  private static String memory(LocalModel model, ModelIdentity identity, SoftSettings soft) {
    boolean half = identity.dtype().equals("bfloat16");
    double weights = identity.parameters() * (half ? 2.0 : 4.0);
    // Weights, gradients and both moments in float32.
    double full =
        soft.training().method() == TrainingOptions.Trained.FULL ? identity.parameters() * 16.0 : 0;
    double beside =
        Math.max(
            model.memory().cacheBytes() + model.memory().logitBytes(),
            model.memory().activationBytes() + full);
    return "%s for the weights, at most %s beside them, and Java's %s"
        .formatted(
            gibibytes(weights), gibibytes(beside), gibibytes(Runtime.getRuntime().maxMemory()));
  }

  private static String gibibytes(double bytes) {
    return bytes < GIBIBYTE / 100
        ? String.format(Locale.ROOT, "%.1f MiB", bytes / (1 << 20))
        : String.format(Locale.ROOT, "%.2f GiB", bytes / GIBIBYTE);
  }

  /** The same with the time, for which the model is asked a few texts. */
  RunOutline timed(RunWork work, LanguageModel model) {
    ModelRates rates = ModelRates.measure(model, work.examples());
    double measuring = rates.seconds(work.measuring());
    double labelling = rates.seconds(work.labelling());
    double training = rates.seconds(work.training());
    List<Line> all = new ArrayList<>(lines);
    all.add(time(labelling, training, measuring));
    all.add(
        new Line(
            "",
            String.format(
                Locale.ROOT,
                "from rates measured here in %.1f s: %,.0f characters read a second, %,.1f tokens"
                    + " written; if every label and answer is as long as it may be",
                rates.seconds(),
                rates.read(),
                rates.written())));
    if (all.stream().anyMatch(line -> line.name.equals("labels"))) {
      all.add(new Line("", "labels and scores of the server come at its own pace"));
    }
    return new RunOutline(all);
  }

  private static Line time(double labelling, double training, double measuring) {
    return new Line(
        "time",
        "at most about %s: labelling %s, training %s, measuring %s"
            .formatted(
                words(labelling + training + measuring),
                words(labelling),
                words(training),
                words(measuring)));
  }

  private static String words(double seconds) {
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** For a terminal: a name and its text a line, broken before its end. */
  public List<String> text() {
    List<String> text = new ArrayList<>();
    for (Line line : lines) {
      String name = line.name;
      for (String part : TextTable.wrapped(line.text, COLUMNS - NAMES)) {
        text.add(name + " ".repeat(NAMES - name.length()) + part);
        name = "";
      }
    }
    return text;
  }
}
