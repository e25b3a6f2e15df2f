package org.soft4j.notebooks;

import java.util.List;
import java.util.Locale;
import org.soft4j.lab.Evaluation;
import org.soft4j.lab.Lab;
import org.soft4j.lab.LabModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.run.SoftSession;
import org.soft4j.soft.SoftSettings;
import tech.tablesaw.api.Table;

/** A lab, its models and what they scored. */
final class LabHtml {
  private LabHtml() {}

  static Shown shown(Lab lab) {
    return paragraph(model(lab.identity()) + " · " + words(lab.session()));
  }

  static Shown settings(SoftSession session) {
    return paragraph(
        "session on " + session.plan().values().model().name() + " · " + words(session));
  }

  static Shown shown(LabModel model) {
    Table steps = model.training();
    String trained =
        steps.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                " · %d steps, loss %.3f → %.3f",
                steps.rowCount(),
                steps.doubleColumn("loss").get(0),
                steps.doubleColumn("loss").get(steps.rowCount() - 1));
    return paragraph("model: " + model.name() + trained);
  }

  static Shown shown(Evaluation evaluation) {
    return Shown.html(TableHtml.of(evaluation.scores()), evaluation.scores().toString());
  }

  private static Shown paragraph(String text) {
    return Shown.html(Html.paragraph(text), text);
  }

  private static String model(ModelIdentity model) {
    return String.format(
        Locale.ROOT,
        "%s: %,d parameters, %s, on %s",
        model.name(),
        model.parameters(),
        model.dtype(),
        model.device());
  }

  private static String words(SoftSession session) {
    SoftSettings settings = session.plan().values().soft();
    List<String> tasks = session.plan().values().data().tasks();
    int rounds = settings.effectiveRounds();
    return "%s, %s, seed %s, %s"
        .formatted(
            settings.method(),
            rounds == 1 ? "1 round" : rounds + " rounds",
            settings.seed(),
            tasks.isEmpty() ? "no benchmarks" : "benchmarks " + String.join(", ", tasks));
  }
}
