package org.soft4j.study.grid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.RunFolder;
import org.soft4j.core.WholeFile;
import org.soft4j.settings.DataSettings;
import org.soft4j.settings.Settings;
import org.soft4j.soft.CurriculumSettings;
import org.soft4j.soft.SoftSettings;

/**
 * What a run may take from another, since it would compute the same from the same: by the settings
 * in which the two differ. Files are copied, and byte for byte those that it would have made.
 *
 * <p>The labels of a single round are none of them: it labels all prompts in one order and the
 * first of several rounds a part of them, so that other texts are computed together, and their
 * log-probabilities round otherwise.
 */
final class SharedRounds {
  /** Keys that no measuring of the base model sees, and those that begin so. */
  private static final Set<String> AFTER_BASE =
      Set.of(
          "method",
          "rounds",
          "split.reuse",
          "demonstrations.",
          "labelling.",
          "filters.",
          "curriculum.",
          "round.",
          "training.",
          "validation.early_stop",
          "validation.patience",
          "validation.min_delta");

  /** Keys that the base model's difficulties do not see either. */
  private static final Set<String> AFTER_DIFFICULTY =
      Set.of(
          "method",
          "rounds",
          "split.reuse",
          "filters.",
          "curriculum.order",
          "curriculum.where",
          "curriculum.attached",
          "curriculum.within_type",
          "round.",
          "training.",
          "validation.early_stop",
          "validation.patience",
          "validation.min_delta");

  /** Keys that nothing sees before the second round, beyond what has come to its end. */
  private static final Set<String> AFTER_FIRST_ROUND =
      Set.of("split.reuse", "validation.early_stop", "validation.patience", "validation.min_delta");

  /** What labelling leaves in a round's folder; labels.jsonl comes last. */
  private static final List<String> LABELS =
      List.of("curriculum.csv", "label_errors.csv", "dropped.jsonl", "labels.jsonl");

  // Of the study or of where it is computed; workers and executors compute alike.
  private static final Set<String> OF_NO_RUN = Set.of("study.", "cost.", "generation.");

  private static final String MICRO = "micro";
  private static final String UNFINISHED = ".unfinished";
  private static final String DIFFICULTY = "difficulty.jsonl";
  private static final List<String> ALL = List.of("");

  private SharedRounds() {}

  /** What can be taken from a run. */
  enum Depth {
    /** Nothing. */
    NONE,
    /** The base model's measurements. */
    BASE,
    /** The labels of the first round too. */
    FIRST_LABELS,
    /** All of the first round. */
    FIRST_ROUND
  }

  /** The earlier cell that most can be taken from; the first of several. */
  static Optional<StudyCell> source(StudyCell cell, List<StudyCell> earlier) {
    Optional<StudyCell> found = Optional.empty();
    Depth most = Depth.NONE;
    for (StudyCell other : earlier) {
      Depth depth = depth(other, cell);
      if (depth.compareTo(most) > 0) {
        most = depth;
        found = Optional.of(other);
      }
    }
    return found;
  }

  /** What a cell can take from another. */
  static Depth depth(StudyCell from, StudyCell to) {
    Settings values = to.session().plan().values();
    if (elsewhere(from.session().plan().values()) || elsewhere(values)) {
      return Depth.NONE;
    }
    Set<String> different = different(from, to);
    if (within(different, AFTER_FIRST_ROUND)) {
      return Depth.FIRST_ROUND;
    }
    if (different.stream().allMatch(key -> is(key, AFTER_FIRST_ROUND) || afterLabels(key))) {
      return Depth.FIRST_LABELS;
    }
    if (seedless(values)) {
      different.remove("seed");
    }
    return within(different, AFTER_BASE) ? Depth.BASE : Depth.NONE;
  }

  /** Servers and judges do not answer twice alike, and outside trainers are nobody's here. */
  private static boolean elsewhere(Settings values) {
    return values.judge().present()
        || values.server().labels()
        || values.eval().server().isPresent()
        || values.soft().training().outside().isPresent();
  }

  /** Whether nothing of what measures the base model is drawn. */
  private static boolean seedless(Settings values) {
    DataSettings data = values.data();
    boolean zeroShot =
        Stream.concat(Stream.of(data.shots()), data.shotsOf().values().stream())
            .flatMap(List::stream)
            .allMatch(shots -> shots == 0);
    return zeroShot
        && data.validationShare() == 0
        && Stream.of(data.prompts(), data.pool(), data.validation()).noneMatch(MICRO::equals);
  }

  private static Set<String> different(StudyCell one, StudyCell two) {
    Map<String, String> first = one.texts();
    Map<String, String> second = two.texts();
    Set<String> keys = new TreeSet<>(first.keySet());
    keys.addAll(second.keySet());
    keys.removeIf(key -> Objects.equals(first.get(key), second.get(key)) || is(key, OF_NO_RUN));
    return keys;
  }

  /** How a model learns does not change what it labels first; all weights are opened otherwise. */
  private static boolean afterLabels(String key) {
    return key.startsWith("training.") && !key.equals("training.method");
  }

  private static boolean within(Set<String> different, Set<String> allowed) {
    return different.stream().allMatch(key -> is(key, allowed));
  }

  private static boolean is(String key, Set<String> names) {
    return names.stream()
        .anyMatch(name -> name.endsWith(".") ? key.startsWith(name) : key.equals(name));
  }

  /**
   * Whether another cell, which may still be at work, has all that is to be taken from it; nothing
   * of that is changed any more.
   */
  static boolean ready(StudyCell from, StudyCell to, Path study) {
    Path source = from.in(study);
    if (from.finished(study)) {
      return true;
    }
    return switch (depth(from, to)) {
      case NONE -> true;
      case BASE -> measured(source, 0) && (!difficulty(from, to) || rated(from, source));
      case FIRST_LABELS -> Files.exists(source.resolve("round-1/labels.jsonl"));
      case FIRST_ROUND -> measured(source, 1);
    };
  }

  private static boolean measured(Path run, int round) {
    Path folder = run.resolve("round-" + round);
    return Files.exists(folder.resolve("metrics.csv"))
        && Files.notExists(folder.resolve("validation.jsonl"));
  }

  private static boolean rated(StudyCell from, Path run) {
    boolean never = from.session().plan().values().soft().order() == CurriculumSettings.Order.NONE;
    return never || Files.exists(run.resolve("round-0").resolve(DIFFICULTY));
  }

  /**
   * Copies what a cell has for another that is not begun.
   *
   * @param study folder of both
   * @param folder of the other cell, which this thread has locked
   */
  static void copy(StudyCell from, StudyCell to, Path study, RunFolder folder) {
    Depth depth = depth(from, to);
    if (depth == Depth.NONE || folder.has("run.json")) {
      return;
    }
    Path source = from.in(study);
    copy(source, folder, "tasks", ALL);
    // Round by round: where the first is there, so is the base.
    List<String> base = new ArrayList<>(List.of("eval", "metrics.csv", "validation.csv"));
    if (difficulty(from, to)) {
      base.add(DIFFICULTY);
    }
    copy(source, folder, "round-0", base);
    boolean learned =
        Files.isDirectory(source.resolve("round-1/adapter"))
            || Files.isDirectory(source.resolve("round-1/model"));
    if (depth == Depth.FIRST_ROUND && learned) {
      copy(source, folder, "round-1", ALL);
    } else if (depth.compareTo(Depth.FIRST_LABELS) >= 0) {
      copy(source, folder, "round-1", LABELS);
    }
  }

  private static boolean difficulty(StudyCell from, StudyCell to) {
    SoftSettings wanted = to.session().plan().values().soft();
    return wanted.order() != CurriculumSettings.Order.NONE
        && wanted.curriculum().scorer() == CurriculumSettings.Scorer.BASE
        && within(different(from, to), AFTER_DIFFICULTY);
  }

  /**
   * Copies a folder, which is there whole or not at all.
   *
   * @param names in it that are copied where they are there, since others may come and go
   */
  private static void copy(Path source, RunFolder into, String name, List<String> names) {
    Path whole = source.resolve(name);
    if (into.has(name) || !Files.isDirectory(whole)) {
      return;
    }
    into.delete(name + UNFINISHED);
    Path beside = into.path(name + UNFINISHED);
    try {
      Files.createDirectories(beside);
      for (String part : names) {
        if (Files.exists(whole.resolve(part))) {
          copy(whole.resolve(part), beside.resolve(part));
        }
      }
      WholeFile.move(beside, into.path(name));
    } catch (IOException failure) {
      throw FileFault.of(into.path(name), failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> inside = Files.walk(from)) {
      for (Path path : inside.toList()) {
        Path place = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(place);
        } else {
          Files.copy(path, place);
        }
      }
    }
  }
}
