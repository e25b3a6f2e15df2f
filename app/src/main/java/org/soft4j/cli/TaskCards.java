package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.core.UserError;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.yaml.TaskCatalogue;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.lm.tokenizer.UserText;
import org.soft4j.table.TextTable;

/** Tasks and their cards, as lines for a terminal. */
final class TaskCards {
  private static final String ALL = "*";
  private static final String MARK = "-".repeat(40);

  private TaskCards() {}

  /** A table of all tasks, or the whole cards of those that are named. */
  static void print(PrintWriter screen, TaskPlaces places, List<String> named) {
    if (named.isEmpty()) {
      table(screen, places.entries(List.of(ALL)));
    } else {
      cards(screen, places.entries(named));
    }
  }

  /** A line of each. */
  static void table(PrintWriter screen, List<TaskCatalogue.Entry> entries) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("task", "version", "metrics", "what", "items", "chance"));
    for (TaskCatalogue.Entry entry : entries) {
      lines.add(entry.task().map(TaskCards::line).orElseGet(() -> absent(entry)));
    }
    screen.print(TextTable.of(lines, 4));
    screen.println("Chance in points of a hundred. `./soft4j tasks show NAME` shows a whole card.");
    screen.flush();
  }

  private static List<String> line(Task task) {
    TaskCard card = task.card();
    return List.of(
        card.name(),
        card.version(),
        joined(card, MetricCard::name),
        card.title(),
        String.valueOf(task.items().size()),
        joined(card, TaskCards::chance));
  }

  private static List<String> absent(TaskCatalogue.Entry entry) {
    return List.of(entry.provider().name(), "", "(not here)", entry.provider().summary(), "", "");
  }

  /** The metrics in a few words: the card has them all. */
  private static String joined(TaskCard card, Function<MetricCard, String> of) {
    List<MetricCard> metrics = card.metrics();
    String first =
        metrics.stream()
            .limit(3)
            .map(of)
            .distinct()
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining(" "));
    return metrics.size() > 3 && !first.isEmpty() ? first + " …" : first;
  }

  private static String chance(MetricCard metric) {
    return Double.isNaN(metric.chance())
        ? ""
        : String.format(Locale.ROOT, "%.1f", (metric.share() ? 100 : 1) * metric.chance());
  }

  /**
   * The whole card of each.
   *
   * @return whether each could be opened and its first prompt written
   */
  static boolean cards(PrintWriter screen, List<TaskCatalogue.Entry> entries) {
    boolean whole = true;
    for (TaskCatalogue.Entry entry : entries) {
      whole &= card(screen, entry);
    }
    screen.flush();
    return whole;
  }

  private static boolean card(PrintWriter screen, TaskCatalogue.Entry entry) {
    screen.println(entry.provider().name());
    if (entry.task().isEmpty()) {
      line(screen, "title", entry.provider().summary());
      line(screen, "not here", entry.missing());
      return false;
    }
    Task task = entry.task().get();
    TaskCard card = task.card();
    line(screen, "title", card.title());
    line(screen, "version", card.version());
    line(screen, "source", card.paper());
    line(screen, "licence", card.licence());
    line(screen, "items", task.items().size() + ": " + card.split());
    for (MetricCard metric : card.metrics()) {
      String chance = chance(metric);
      line(
          screen,
          "metric",
          metric.name()
              + ": "
              + metric.meaning()
              + (chance.isEmpty() ? "" : "; by chance " + chance));
    }
    card.deviations().forEach(note -> line(screen, "note", note));
    try {
      prompt(screen, TaskCatalogue.firstRequest(task));
      return true;
    } catch (UserError unwritten) {
      line(screen, "no prompt", unwritten.getMessage() + " " + unwritten.remedy());
      return false;
    }
  }

  private static void prompt(PrintWriter screen, TaskRequest request) {
    line(screen, "prompt", "of the first item, between the marks; without a chat format");
    screen.println(MARK);
    screen.println(UserText.unmarked(request.context()));
    screen.println(MARK);
    if (request instanceof TaskRequest.Likelihood likelihood) {
      line(screen, "scored", "\"" + UserText.unmarked(likelihood.continuation()) + "\"");
    } else if (request instanceof TaskRequest.Writing writing) {
      String until =
          writing.request().stopStrings().stream()
              .map(stop -> "\"" + stop.replace("\n", "\\n") + "\"")
              .collect(Collectors.joining(", "));
      line(
          screen,
          "written",
          "up to %s tokens%s"
              .formatted(
                  writing.request().maxNewTokens(), until.isEmpty() ? "" : ", until " + until));
    }
  }

  private static void line(PrintWriter screen, String name, String text) {
    // Titles, notes and items stand in files of other people.
    screen.printf("  %-9s %s%n", name, text);
  }
}
