package org.soft4j.study.grid;

import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.Progress;

/** Prints a row for every cell that has come to its end. */
final class LiveTable {
  private final Path study;
  private final int names;
  private final Progress progress;
  private final int all;
  private int finished;

  LiveTable(Path study, List<StudyCell> cells, Progress progress) {
    this.study = study;
    this.progress = progress;
    names = cells.stream().mapToInt(cell -> cell.words().length()).max().orElse(0);
    all = cells.size();
  }

  synchronized void finished(StudyCell cell) {
    FinishedCell ended = FinishedCell.read(cell, study);
    List<Score> scores = ended.scores();
    if (finished == 0) {
      StringBuilder head = new StringBuilder(padded("finished"));
      scores.forEach(score -> head.append("  ").append(column(score.name(), score)));
      progress.say(head + "  kept");
    }
    finished++;
    StringBuilder row = new StringBuilder(padded(cell.words()));
    for (Score score : scores) {
      String value = score.text("%.1f", ended.mean(ended.lastRound(), score));
      row.append("  ").append(column(value, score));
    }
    progress.say("%s  round %s  (%s of %s)".formatted(row, ended.kept(), finished, all));
  }

  private String padded(String text) {
    return text + " ".repeat(Math.max(0, names - text.length()));
  }

  private static String column(String text, Score score) {
    return " ".repeat(Math.max(0, score.name().length() - text.length())) + text;
  }
}
