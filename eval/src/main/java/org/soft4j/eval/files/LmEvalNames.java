package org.soft4j.eval.files;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of the harness's folders and files (utils.py, evaluation_tracker.py). */
final class LmEvalNames {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSSSSS", Locale.ROOT);
  private static final String DATED = "(\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d(?:\\.\\d+)?)";
  private static final Pattern SAMPLES = Pattern.compile("samples_(.+)_" + DATED + "\\.jsonl");
  private static final Pattern RESULTS = Pattern.compile("results_" + DATED + "\\.json");

  /**
   * What a file's name says.
   *
   * @param task empty for results
   * @param date sorts as a text
   */
  record Dated(Path file, String task, String date) {}

  private LmEvalNames() {}

  /** A model's or a task's name where it has to be a file's. */
  static String folder(String name) {
    String safe = name.replaceAll("[\"<>:/|\\\\?*\\[\\]\\p{Cc}]+", "__");
    // An endpoint says its model's name, and "." and ".." would lead elsewhere.
    return safe.matches("\\.*") ? "__" : safe;
  }

  static String results(LocalDateTime date) {
    return "results_" + DATE.format(date) + ".json";
  }

  static String samples(String task, LocalDateTime date) {
    return "samples_" + folder(task) + "_" + DATE.format(date) + ".jsonl";
  }

  static Optional<Dated> samples(Path file) {
    Matcher name = SAMPLES.matcher(file.getFileName().toString());
    return name.matches()
        ? Optional.of(new Dated(file, name.group(1), name.group(2)))
        : Optional.empty();
  }

  static Optional<Dated> results(Path file) {
    Matcher name = RESULTS.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(new Dated(file, "", name.group(1))) : Optional.empty();
  }
}
