package org.soft4j.eval.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.metric.Aggregate;
import org.soft4j.eval.yaml.functions.TaskFunction;
import org.soft4j.lm.template.PythonValues;

/** Brings a task file and its rows together. */
final class TaskBuilder {
  private static final String EXAMPLES = "num_fewshot";
  private static final String APART = "apart";
  private static final String HARNESS = "harness";

  private final Path file;
  private final TaskPlan plan;
  private final List<String> notes;
  private final TaskOptions options;

  TaskBuilder(Path file, TaskPlan plan, List<String> notes, TaskOptions options) {
    this.file = file;
    this.plan = plan;
    this.notes = notes;
    this.options = options;
  }

  Task build() {
    List<Row> rows = rows(plan.data().evaluated(), plan.fields());
    Set<String> columns = rows.get(0).values().keySet();
    PromptWriter writer = writer(columns);
    int count = (int) options.number(plan.name() + "." + EXAMPLES, plan.shots().count());
    Examples examples = examples(rows, writer);
    Row first = rows.get(0);
    List<TaskItem> items =
        IntStream.range(0, rows.size())
            .mapToObj(i -> item(placed(i, rows.get(i), writer, examples, count), first))
            .toList();
    CardWriter card = new CardWriter(file, plan, told(count, examples));
    return new Task(card.card(rows, items), items);
  }

  private Examples examples(List<Row> rows, PromptWriter writer) {
    ShotPlan shots = plan.shots();
    List<Row> pool =
        shots
            .split()
            .filter(split -> plan.data().has(split, options))
            .map(split -> rows(split, exampleFields()))
            .orElse(shots.samples());
    var rules =
        new Examples.Rules(
            shots.first(),
            shots.others(),
            harnessExamples(),
            plan.fields().containsKey(EXAMPLES) && shots.count() == 0);
    return new Examples(plan.name(), pool, rows, rules, writer.own()::asked);
  }

  private boolean harnessExamples() {
    String option = plan.name() + ".examples";
    String way = options.value(option, APART);
    if (!way.equals(APART) && !way.equals(HARNESS)) {
      throw new UserError(
          "%s is \"%s\".".formatted(option, way),
          "Write apart, so that no row is its own example, or harness for the harness's examples.");
    }
    return way.equals(HARNESS);
  }

  /** The rows of a split as process_docs leaves them. */
  private List<Row> rows(String split, Map<String, YamlValue> fields) {
    List<Row> rows = plan.data().rows(split, options);
    List<Row> left =
        PythonCode.of(Optional.ofNullable(fields.get("process_docs")), TaskFunction.Documents.class)
            .map(function -> PythonCode.changed(rows, function))
            .orElse(rows);
    if (left.isEmpty()) {
      throw new UserError(
          "%s: process_docs leaves none of the %s rows of \"%s\"."
              .formatted(plan.name(), rows.size(), split),
          "Give it rows of this task.");
    }
    return left;
  }

  private Map<String, YamlValue> exampleFields() {
    Map<String, YamlValue> example = new LinkedHashMap<>(plan.fields());
    example.putAll(plan.shots().fields());
    return example;
  }

  private PromptWriter writer(Set<String> columns) {
    Map<String, YamlValue> own = plan.fields();
    Map<String, YamlValue> example = exampleFields();
    return new PromptWriter(
        form(own, columns),
        TaskPlan.text(own, "target_delimiter", " "),
        form(example, columns),
        TaskPlan.text(example, "target_delimiter", " "),
        TaskPlan.text(example, "fewshot_delimiter", "\n\n"),
        expression(own, "description", columns));
  }

  private static RowForm form(Map<String, YamlValue> fields, Set<String> columns) {
    return new RowForm(
        expression(fields, "doc_to_text", columns).orElseThrow(),
        expression(fields, "doc_to_target", columns).orElseThrow(),
        expression(fields, "doc_to_choice", columns),
        expression(fields, "gen_prefix", columns));
  }

  private static Optional<Expression> expression(
      Map<String, YamlValue> fields, String name, Set<String> columns) {
    return Optional.ofNullable(fields.get(name)).map(field -> Expression.of(field, columns));
  }

  private PlacedRow placed(int index, Row row, PromptWriter writer, Examples examples, int count) {
    RowForm form = writer.own();
    Optional<String> asked =
        form.textOf(row) instanceof String text ? Optional.of(text) : Optional.empty();
    String question =
        switch (plan.output()) {
          case MULTIPLE_CHOICE ->
              asked.orElseGet(() -> String.join("\n", form.choicesOf(row).orElseThrow()));
          case LOGLIKELIHOOD_ROLLING -> PythonValues.str(form.targetOf(row));
          case GENERATE_UNTIL, LOGLIKELIHOOD -> asked.orElseThrow();
        };
    return new PlacedRow(plan, index, row, asked, question, writer, examples, count);
  }

  private TaskItem item(PlacedRow placed, Row first) {
    RowItems items = new RowItems(plan, placed);
    return switch (plan.output()) {
      case MULTIPLE_CHOICE -> choice(placed, first);
      case GENERATE_UNTIL -> items.writing(written(placed, several(placed.writer().own(), first)));
      case LOGLIKELIHOOD -> items.target(items.target());
      case LOGLIKELIHOOD_ROLLING -> items.rolling(placed.question());
    };
  }

  /** Whether the first row has a list of right answers, which the harness takes for all rows. */
  private static boolean several(RowForm form, Row first) {
    return form.targetOf(first) instanceof List<?> list && !list.isEmpty();
  }

  private TaskItem choice(PlacedRow placed, Row first) {
    RowForm form = placed.writer().own();
    List<String> choices = form.choicesOf(placed.row()).orElseThrow();
    Object gold =
        placed.asked().isPresent() ? form.targetOf(placed.row()) : form.textOf(placed.row());
    boolean several = placed.asked().isPresent() && several(form, first);
    if (plan.results().isEmpty() && gold instanceof List<?> != several) {
      throw placed
          .row()
          .fault(
              "doc_to_target gives %s, and %s for the first row."
                  .formatted(several ? "one value" : "a list", several ? "a list" : "one value"),
              "Let it give a list for every row, or for none.");
    }
    List<Integer> right = new ArrayList<>();
    for (Object one : gold instanceof List<?> list ? list : List.of(gold)) {
      int at =
          one instanceof Number number && number.doubleValue() == number.intValue()
              ? number.intValue()
              : choices.indexOf(one);
      if (at < 0 || at >= choices.size()) {
        throw placed
            .row()
            .fault(
                "doc_to_target gives %s, which is none of the %s choices."
                    .formatted(PythonValues.repr(gold), choices.size()),
                "Give it the number of a choice, counted from 0, or its text.");
      }
      right.add(at);
    }
    refuseClasses(placed.row(), choices, right);
    refuseOtherSize(placed.row(), choices.size(), form.choicesOf(first).orElseThrow().size());
    return new RowItems(plan, placed).choices(choices, right);
  }

  /** Metrics over right and chosen numbers are of one right number, and plain f1 of two choices. */
  private void refuseClasses(Row row, List<String> choices, List<Integer> right) {
    for (MetricPlan metric : plan.metrics()) {
      boolean two = metric.aggregate().filter(Aggregate.F1::equals).isPresent();
      if (plan.results().isEmpty()
          && (metric.aggregate().isPresent() || metric.name().equals("acc_mutual_info"))
          && (right.size() != 1 || two && choices.size() > 2)) {
        throw row.fault(
            "%s is not defined for %s right ones of %s choices."
                .formatted(metric.name(), right.size(), choices.size()),
            two ? "Take acc, or f1 with an aggregation for more classes." : "Take acc.");
      }
    }
  }

  /** Probabilities are put together as a table, which has as many columns in every row. */
  private void refuseOtherSize(Row row, int size, int first) {
    if (size != first
        && plan.metrics().stream()
            .anyMatch(m -> m.aggregate().equals(Optional.of(Aggregate.BRIER)))) {
      throw row.fault(
          "it has %s choices and the first row %s, between which brier_score is not defined."
              .formatted(size, first),
          "Give all rows as many choices, or take acc.");
    }
  }

  /** The right answers of a row, which every filter can use. */
  private List<String> written(PlacedRow placed, boolean several) {
    List<String> wanted = new RightTexts(plan, several).of(placed);
    WritingPlan how = plan.writing().orElseThrow();
    try {
      // A row that a filter cannot use is told before a model has written anything.
      List<String> empty = Collections.nCopies(how.repeats(), "");
      how.filters().forEach(filter -> filter.apply(empty, placed.row()));
    } catch (UserError | IllegalArgumentException e) {
      throw placed
          .row()
          .fault(
              "a filter does not fit it: " + e.getMessage(),
              "Columns: " + String.join(", ", placed.row().values().keySet()) + ".");
    }
    return wanted;
  }

  /** What one must know of how the rows were read and of the examples before them. */
  private List<String> told(int count, Examples examples) {
    List<String> told = new ArrayList<>();
    plan.data().note(plan.data().evaluated(), options).ifPresent(told::add);
    if (count > 0) {
      told.add(
          "%s examples of its own before each row; --shots K takes K of them".formatted(count));
    }
    told.addAll(examples.notes(count));
    int repeats = WritingPlan.repeats(plan.fields());
    if (repeats > 1) {
      boolean drawn = plan.writing().filter(how -> !how.sampling().greedy()).isPresent();
      told.add(
          drawn
              ? "%s answers to each row, each drawn anew".formatted(repeats)
              : "repeats: %s changes nothing, since nothing is drawn".formatted(repeats));
    }
    told.addAll(notes);
    return told;
  }
}
