package org.soft4j.lab;

import java.util.ArrayList;
import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingStep;
import org.soft4j.soft.Label;
import org.soft4j.soft.LabelFilters;
import org.soft4j.soft.RunTables;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Between a lab's tables and the records behind them. */
final class LabTables {
  private static final String DROPPED = "dropped";

  private LabTables() {}

  /** All labels, each with the reason why it is not learned; empty where it is. */
  static Table labels(int round, List<Label> labels, LabelFilters filters) {
    StringColumn reasons = StringColumn.create(DROPPED);
    labels.forEach(label -> reasons.append(filters.reason(label).orElse("")));
    return RunTables.labels(round, labels).addColumns(reasons);
  }

  /** model, type, prompt, response. */
  static Table answers(String model, List<Label> labels) {
    return Columns.of("answers of " + model, labels)
        .text("model", label -> model)
        .text("type", Label::type)
        .text("prompt", Label::prompt)
        .text("response", Label::response)
        .table();
  }

  static Table demonstrations(List<Demonstration> rows) {
    return Columns.of("demonstrations", rows)
        .text("id", Demonstration::id)
        .text("type", Demonstration::type)
        .text("prompt", Demonstration::prompt)
        .text("response", Demonstration::response)
        .table();
  }

  /** What the rows that are not dropped teach: the bare prompt in, the response out. */
  static List<TrainingExample> examples(Table labels, PromptTemplate template) {
    require(labels, "prompt");
    require(labels, "response");
    List<TrainingExample> examples = new ArrayList<>();
    for (Row row : labels) {
      if (!labels.containsColumn(DROPPED) || row.getString(DROPPED).isBlank()) {
        examples.add(template.example(row.getString("prompt"), row.getString("response")));
      }
    }
    if (examples.isEmpty()) {
      throw new UserError(
          "There is no label to learn: the table has %s rows, and all are dropped."
              .formatted(labels.rowCount()),
          "Look at its column dropped; filters are switched off with set(\"filters.NAME\","
              + " false).");
    }
    return examples;
  }

  /** step, epoch, loss, learned_tokens, learning_rate, gradient_norm. */
  static Table training(List<TrainingStep> steps) {
    return Columns.of("training", steps)
        .whole("step", TrainingStep::step)
        .whole("epoch", TrainingStep::epoch)
        .number("loss", TrainingStep::loss)
        .number("learned_tokens", TrainingStep::learnedTokens)
        .number("learning_rate", TrainingStep::learningRate)
        .number("gradient_norm", TrainingStep::gradientNorm)
        .table();
  }

  static Table checked(Table answers, MicroWorld world) {
    require(answers, "prompt");
    require(answers, "response");
    MicroTruth truth = new MicroTruth(world);
    StringColumn right = StringColumn.create("right");
    for (Row row : answers) {
      boolean yes = truth.right(row.getString("prompt"), row.getString("response"));
      right.append(yes ? "yes" : "no");
    }
    return answers.copy().addColumns(right);
  }

  private static void require(Table table, String column) {
    if (!table.containsColumn(column)) {
      throw new UserError(
          "The table has no column \"%s\"; it has %s.".formatted(column, table.columnNames()),
          "Give a table of labels: prompt, response.");
    }
  }
}
