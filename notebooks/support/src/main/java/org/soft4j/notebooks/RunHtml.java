package org.soft4j.notebooks;

import org.soft4j.run.SessionResult;
import org.soft4j.soft.SoftResult;

/** A finished run: how it ended, and its scores by round. */
final class RunHtml {
  private RunHtml() {}

  static Shown shown(SessionResult run) {
    SoftResult result = run.result();
    String ended =
        "%s: %s rounds%s; %s."
            .formatted(
                run.folder(),
                result.rounds(),
                result.stoppedEarly() ? ", stopped early" : "",
                result.reason());
    return Shown.html(
        Html.paragraph(ended) + TableHtml.of(run.scoreTable()), ended + "\n\n" + run.scores());
  }
}
