package org.soft4j.console;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line about a step, made to fit. The speed and the time that is left are never cut: the bar
 * shrinks and goes first, then the unit, then the percents, then the end of the name.
 *
 * @param what the step does
 * @param unit such as {@code prompts}
 * @param pace how far it is
 * @param ended whether this is its last line
 */
record BarLine(String what, String unit, Pace pace, boolean ended) {
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 8;
  private static final int SHORTEST_NAME = 8;
  private static final String GAP = "  ";

  /** The line, in at most so many columns. */
  String fitting(int columns) {
    int room = columns - Terminal.width(what + GAP + numbers(true, true)) - 1;
    if (!ended && pace.total() > 0 && room >= NARROWEST_BAR) {
      return what + " " + bar(Math.min(WIDEST_BAR, room)) + GAP + numbers(true, true);
    }
    List<String> shorter =
        List.of(numbers(true, true), numbers(false, true), numbers(false, false));
    return shorter.stream()
        .filter(numbers -> Terminal.width(what + GAP + numbers) <= columns)
        .findFirst()
        .map(numbers -> what + GAP + numbers)
        .orElseGet(() -> cutName(columns));
  }

  /** The line for a log, where it may be as long as it likes. */
  String plain() {
    String of = pace.total() > 0 ? "/" + pace.total() : "";
    return Stream.of(
            "%s: %s%s %s in %s"
                .formatted(what, pace.done(), of, unit, Pace.duration(pace.seconds())),
            pace.speed(),
            ended ? "" : pace.left())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private String cutName(int columns) {
    String least = numbers(false, false);
    int room = Math.max(SHORTEST_NAME, columns - Terminal.width(GAP + least));
    return Terminal.cut(Terminal.cut(what, room) + GAP + least, columns);
  }

  private String bar(int columns) {
    int inside = columns - 2;
    int full = (int) (inside * Math.min(pace.done(), pace.total()) / pace.total());
    String head = full < inside ? ">" : "";
    return "[" + "=".repeat(full) + head + " ".repeat(inside - full - head.length()) + "]";
  }

  private String time() {
    String spent = Pace.duration(pace.seconds());
    return ended ? "in " + spent : pace.left().isEmpty() ? spent + " so far" : pace.left();
  }

  private String numbers(boolean withUnit, boolean withPercent) {
    String of = pace.total() > 0 ? "/" + pace.total() : "";
    String percent = withPercent && !ended && pace.total() > 0 ? pace.percent() + "%" : "";
    return Stream.of(percent, pace.done() + of + (withUnit ? " " + unit : ""), pace.speed(), time())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(GAP));
  }
}
