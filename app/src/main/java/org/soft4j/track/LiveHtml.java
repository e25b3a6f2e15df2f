package org.soft4j.track;

import static org.soft4j.report.SafeText.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.console.Pace;
import org.soft4j.core.Json;
import org.soft4j.eval.Measurement;
import org.soft4j.report.RunReader;
import org.soft4j.soft.Label;

/** What stands on the page of a run under way; every text in it is escaped. */
final class LiveHtml {
  private static final int LABELS = 5;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final String POLICY =
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; color: #222 }
      table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .2rem .6rem .2rem 0;
      border-bottom: 1px solid #ddd; overflow-wrap: break-word } th { white-space: nowrap } progress { width: 100%; min-width: 5rem }
      .now { font-size: 1.2rem } .small { color: #555 } .wide { overflow-x: auto }
      @media (prefers-color-scheme: dark) { body { background: #181818; color: #ddd } .small { color: #aaa } }
      """;

  private LiveHtml() {}

  /**
   * A stage.
   *
   * @param what it does
   * @param unit of its pace
   * @param pace how far it is
   * @param over whether it has ended
   */
  record Row(String what, String unit, Pace pace, boolean over) {
    private String count() {
      return pace.done() + (pace.total() > 0 ? "/" + pace.total() : "") + " " + unit;
    }

    private String left() {
      return over ? "in " + Pace.duration(pace.seconds()) : pace.left();
    }
  }

  static String page(
      Path run,
      String command,
      String how,
      Duration again,
      Duration spent,
      List<Row> rows,
      Collection<String> notes,
      Clock clock) {
    boolean going = how.isEmpty();
    String name = html(run.toAbsolutePath().normalize().getFileName().toString());
    StringBuilder page = new StringBuilder(head(name, going ? again.toSeconds() + "" : ""));
    page.append("<h1>").append(name).append(going ? " is running" : "").append("</h1>\n");
    if (!going) {
      page.append("<p class=\"now\">").append(html(how)).append("</p>\n");
    }
    rows.stream().filter(row -> going && !row.over()).forEach(row -> page.append(now(row)));
    String time = TIME.format(clock.instant().atZone(ZoneId.systemDefault()));
    page.append(
        "<p class=\"small\">%s since it began; written at %s%s. Last written: %s.<br><code>%s</code></p>\n"
            .formatted(
                Pace.duration(spent.toMillis() / 1e3),
                time,
                going
                    ? ", again every %s s: where this time stands still, the run does too"
                        .formatted(again.toSeconds())
                    : "",
                html(newest(run)),
                html(command)));
    page.append(table(rows)).append(scores(run)).append(list("Notes", notes)).append(labels(run));
    return page.append("</body></html>\n").toString();
  }

  /** Where the run has ended. */
  static String ended(Path run, String report) {
    String name = html(run.toAbsolutePath().normalize().getFileName().toString());
    return head(name, "0; url=" + html(report))
        + "<h1>%s has ended</h1><p><a href=\"%s\">Its report</a></p></body></html>\n"
            .formatted(name, html(report));
  }

  private static String head(String name, String refresh) {
    String again =
        refresh.isEmpty()
            ? ""
            : "<meta http-equiv=\"refresh\" content=\"%s\">\n".formatted(refresh);
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + POLICY
        + "\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + again
        + "<title>%s</title>\n<style>%s</style></head><body>\n".formatted(name, STYLE);
  }

  private static String now(Row row) {
    Pace pace = row.pace();
    String bar =
        pace.total() > 0
            ? "<progress max=\"%s\" value=\"%s\"></progress>"
                .formatted(pace.total(), Math.min(pace.done(), pace.total()))
            : "";
    return "<p class=\"now\">%s: %s, %s</p>%s\n"
        .formatted(
            html(row.what()),
            html(row.count()),
            Stream.of(pace.speed(), pace.left())
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining(", ", "", "")),
            bar)
        .replace(", </p>", "</p>");
  }

  private static String table(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                    .formatted(html(row.what()), html(row.count()), row.pace().speed(), row.left()))
        .collect(
            Collectors.joining(
                "",
                "<div class=\"wide\"><table><tr><th>stage</th><th>done</th><th>speed</th><th>time</th></tr>\n",
                "</table></div>\n"));
  }

  /** The scores that stand for the run, a column per round. */
  private static String scores(Path run) {
    RunReader reader = new RunReader(run);
    Map<String, Map<Integer, String>> table = new TreeMap<>();
    for (Measurement m : reader.measurements()) {
      String name = m.benchmark() + " " + m.metric();
      if (reader.headline().contains(name)) {
        table
            .computeIfAbsent(name + ", " + m.shots() + "-shot", k -> new TreeMap<>())
            .put(m.round(), Double.isNaN(m.value()) ? "" : reader.scale().text(m, m.value()));
      }
    }
    if (table.isEmpty()) {
      return "";
    }
    int last =
        table.values().stream()
            .flatMap(row -> row.keySet().stream())
            .max(Comparator.naturalOrder())
            .orElse(0);
    StringBuilder out =
        new StringBuilder("<h2>Scores so far</h2>\n<div class=\"wide\"><table><tr><th>score</th>");
    for (int round = 0; round <= last; round++) {
      out.append("<th>").append(round == 0 ? "base" : "round " + round).append("</th>");
    }
    table.forEach(
        (name, values) -> {
          out.append("</tr>\n<tr><td>").append(html(name)).append("</td>");
          for (int round = 0; round <= last; round++) {
            out.append("<td>").append(html(values.getOrDefault(round, ""))).append("</td>");
          }
        });
    return out.append("</tr></table></div>\n").toString();
  }

  private static String labels(Path run) {
    for (int round = newestRound(run); round > 0; round--) {
      Path file = run.resolve("round-" + round + "/labels.jsonl");
      if (Files.isRegularFile(file)) {
        List<Label> all = Json.readLines(file, Label.class);
        return list(
            "Labels of round " + round + ", the last of " + all.size(),
            all.subList(Math.max(0, all.size() - LABELS), all.size()).stream()
                .map(label -> label.prompt() + " → " + label.response())
                .toList());
      }
    }
    return "";
  }

  private static int newestRound(Path run) {
    int round = 0;
    while (Files.isDirectory(run.resolve("round-" + (round + 1)))) {
      round++;
    }
    return round;
  }

  private static String list(String title, Collection<String> lines) {
    return lines.isEmpty()
        ? ""
        : lines.stream()
            .map(line -> "<li>" + html(line) + "</li>\n")
            .collect(Collectors.joining("", "<h2>" + html(title) + "</h2>\n<ul>\n", "</ul>\n"));
  }

  /** The file that was written last. */
  private static String newest(Path run) {
    try (Stream<Path> inside = Files.walk(run, 4)) {
      return inside
          .filter(file -> !file.getFileName().toString().startsWith(LivePage.FILE))
          .filter(Files::isRegularFile)
          .max(Comparator.comparing(LiveHtml::time))
          .map(file -> run.relativize(file).toString())
          .orElse("nothing yet");
    } catch (NoSuchFileException | UncheckedIOException moved) {
      return "a file that is being replaced";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
