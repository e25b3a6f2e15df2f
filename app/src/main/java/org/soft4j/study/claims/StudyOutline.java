package org.soft4j.study.claims;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.run.RunTime;
import org.soft4j.study.grid.StudyCondition;
import org.soft4j.study.grid.StudyDesign;
import org.soft4j.study.grid.StudyWork;
import org.soft4j.table.Decimals;
import org.soft4j.table.TextTable;

/** What a study is about to do: its size, what is shared, how long it takes, what it can see. */
public record StudyOutline(StudyDesign design, int workers) {
  private static final int COLUMNS = 79;
  private static final int NAMES = 12;

  /**
   * In lines for a terminal; the model is opened and asked a few texts.
   *
   * @param folder of the study, there or not
   */
  public List<String> text(Path folder, ModelOpener opener) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    StudyWork work = new StudyWork(design);
    lines.put("study", List.of(size(work, folder)));
    lines.put(
        "conditions",
        List.of(
            design.conditions().stream()
                .map(StudyCondition::name)
                .collect(Collectors.joining("; "))));
    lines.put("rates", List.of(rates(work)));
    lines.put("shared", List.of(work.shared()));
    lines.put("time", List.of(time(work, opener)));
    lines.put("power", StudyPower.of(design, folder).sentences(design));
    return wrapped(lines);
  }

  private String size(StudyWork work, Path folder) {
    return "%s conditions on %s, %s seeds: %s cells%s"
        .formatted(
            design.conditions().size(),
            design.values().model().name(),
            design.seeds().size(),
            work.cells().size(),
            work.finished(folder) == 0
                ? ""
                : ", of which %s are finished".formatted(work.finished(folder)));
  }

  private String rates(StudyWork work) {
    List<Double> rates = design.rates();
    if (rates.size() < 2) {
      return "%s for all methods".formatted(Decimals.plain(rates.get(0)));
    }
    return "%s cells on other seeds choose among %s for each method; --rates names others, or one"
        .formatted(
            work.tuning().size(),
            rates.stream().map(Decimals::plain).collect(Collectors.joining(", ")));
  }

  private String time(StudyWork work, ModelOpener opener) {
    List<RunTime> times = RunTime.of(design.sizes(), opener);
    List<RunTime> tuning = RunTime.of(design.tuningSizes(), opener);
    double seconds = work.seconds(times);
    double choosing = work.tuningSeconds(tuning);
    return "at most about %s with %s at a time: choosing rates %s, cells %s of one at a time; if every label and answer is as long as it may be"
        .formatted(
            words((seconds + choosing) / workers),
            workers == 1 ? "one cell" : workers + " cells",
            words(choosing),
            words(seconds));
  }

  private static String words(double seconds) {
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private static List<String> wrapped(Map<String, List<String>> lines) {
    List<String> text = new ArrayList<>();
    lines.forEach(
        (name, sentences) -> {
          String shown = name;
          for (String sentence : sentences) {
            for (String part : TextTable.wrapped(sentence, COLUMNS - NAMES)) {
              text.add(shown + " ".repeat(NAMES - shown.length()) + part);
              shown = "";
            }
          }
        });
    return text;
  }
}
