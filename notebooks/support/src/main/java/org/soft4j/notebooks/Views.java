package org.soft4j.notebooks;

import java.util.Base64;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;
import org.soft4j.lab.Evaluation;
import org.soft4j.lab.Lab;
import org.soft4j.lab.LabModel;
import org.soft4j.plot.Images;
import org.soft4j.run.ReportFile;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import tech.tablesaw.api.Table;

/** Everything that a page can show. */
public final class Views {
  private Views() {}

  /** One view per type; no type is another's subtype. */
  public static List<View<?>> all() {
    return List.of(
        new View<>(Table.class, table -> Shown.html(TableHtml.of(table), table.toString())),
        new View<>(
            IChart.class, chart -> Shown.picture(picture(chart), "figure: " + chart.getTitle())),
        new View<>(SessionResult.class, RunHtml::shown),
        new View<>(ReportFile.class, ReportHtml::shown),
        new View<>(Evaluation.class, LabHtml::shown),
        new View<>(LabModel.class, LabHtml::shown),
        new View<>(Lab.class, LabHtml::shown),
        new View<>(SoftSession.class, session -> LabHtml.settings(session)));
  }

  /** A PNG with twice as many pixels a side as the chart has points, crisp on dense screens. */
  private static Shown.Picture picture(IChart chart) {
    String base64 = Base64.getEncoder().encodeToString(Images.png(chart, 2));
    return new Shown.Picture(base64, chart.getWidth());
  }
}
