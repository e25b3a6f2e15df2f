package org.soft4j.notebooks;

import java.nio.file.Path;
import org.soft4j.core.WholeFile;
import org.soft4j.run.ReportFile;

/** A report inside the page, in a frame that can run no script and reach nothing around it. */
final class ReportHtml {
  private static final String FRAME =
      "<iframe sandbox=\"\" title=\"report\" style=\"width:100%%;height:600px;border:1px solid #ddd\""
          + " srcdoc=\"%s\"></iframe>";

  private ReportHtml() {}

  static Shown shown(ReportFile report) {
    Path file = report.file();
    String html = WholeFile.read(file);
    return Shown.html(
        Html.paragraph("Report: " + file) + FRAME.formatted(Html.escape(html)), "report: " + file);
  }
}
