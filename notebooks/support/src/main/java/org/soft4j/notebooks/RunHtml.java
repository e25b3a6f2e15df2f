package org.soft4j.notebooks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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
    List<String> lines = new ArrayList<>(List.of(ended));
    result.evidence().ifPresent(evidence -> lines.addAll(evidence.lines()));
    String paragraphs = lines.stream().map(Html::paragraph).collect(Collectors.joining());
    return Shown.html(
        paragraphs + TableHtml.of(run.scoreTable()),
        String.join("\n", lines) + "\n\n" + run.scores());
  }
}
