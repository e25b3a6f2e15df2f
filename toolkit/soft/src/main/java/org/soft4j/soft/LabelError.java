package org.soft4j.soft;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Words;
import org.soft4j.lm.Generation.Finish;

/**
 * The kinds of error that a label may have, each by one rule that no setting changes, so that runs
 * under different filters can be compared. A label may have several. Kinds that a filter of {@link
 * LabelFilters} refuses bear its name and, at the filter's default, are told by the same rule.
 */
public enum LabelError {
  /** Told where {@link KnownAnswers#right} is known. */
  WRONG("it does not tell the true answer; told where the truth is known, as in the micro world"),
  /** Told where {@link KnownAnswers#inForm} is known. */
  OFF_FORMAT("it does not have the form that was asked for; told where that form is known"),
  /** Words are compared as by {@link Words#normal}: without case and punctuation. */
  COPIES_POOL("it is a response of the pool, word by word"),
  /** A prompt of one word may well be the first word of an honest answer. */
  COPIES_PROMPT("it is its prompt word by word, or begins with a prompt of two words or more"),
  /** Another end than a stop token or a stop string, after one token or more. */
  UNFINISHED("it was cut off: by the bound on tokens, by the window, or by a server"),
  /** {@link #REPEATED_WORDS} and {@link #REPEATS} are its bounds. */
  REPEATS_ITSELF("the same 4 words in a row stand in it 3 times or more"),
  /** Blank, of punctuation alone, or not begun because the prompt fills the window. */
  EMPTY("it holds no word");

  /** Length of the run of words whose return is a loop. */
  public static final int REPEATED_WORDS = 4;

  /** So often a run stands in a loop; the first count that no plain sentence reaches. */
  public static final int REPEATS = 3;

  private final String definition;

  LabelError(String definition) {
    this.definition = definition;
  }

  /** The name in files, such as {@code copies_pool}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** When a label has this error, in words. */
  public String definition() {
    return definition;
  }

  /**
   * Tells the errors of labels that were written with a pool.
   *
   * @param responses of the pool, as {@link Words#normal} writes them
   * @param known truth and form of some prompts
   */
  record Finder(Set<String> responses, KnownAnswers known) {
    Finder {
      responses = Set.copyOf(responses);
    }

    static Finder of(IclPool pool, KnownAnswers known) {
      return new Finder(
          pool.demonstrations().stream()
              .map(Demonstration::response)
              .map(Words::normal)
              .collect(Collectors.toSet()),
          known);
    }

    /** Whether a label has an error; empty where it cannot be told. */
    Optional<Boolean> has(LabelError kind, Label label) {
      return switch (kind) {
        case WRONG -> known.right().apply(label.prompt(), label.response()).map(yes -> !yes);
        case OFF_FORMAT -> known.inForm().apply(label.prompt(), label.response()).map(yes -> !yes);
        case COPIES_POOL -> Optional.of(responses.contains(Words.normal(label.response())));
        case COPIES_PROMPT -> Optional.of(copiesPrompt(label));
        case UNFINISHED -> Optional.of(!label.finish().itsOwn() && !noRoom(label));
        case REPEATS_ITSELF -> Optional.of(mostRepeated(label.response()) >= REPEATS);
        case EMPTY -> Optional.of(Words.of(label.response()).isEmpty());
      };
    }
  }

  /** Whether the prompt alone filled the window, so that nothing was written. */
  static boolean noRoom(Label label) {
    return label.tokens() == 0 && label.finish() == Finish.LENGTH;
  }

  /** How often the run of {@link #REPEATED_WORDS} words that stands most often in a text does. */
  static int mostRepeated(String response) {
    Map<String, Integer> counts = new HashMap<>();
    Words.runs(Words.of(response), REPEATED_WORDS)
        .forEach(run -> counts.merge(run, 1, Integer::sum));
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  static boolean copiesPrompt(Label label) {
    String response = Words.normal(label.response());
    String prompt = Words.normal(label.prompt());
    boolean begins = prompt.contains(" ") && (response + " ").startsWith(prompt + " ");
    return response.equals(prompt) || begins;
  }
}
