package org.soft4j.lm.outside;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.UserError;

/**
 * A command line with places for what a training needs. It is cut into words as a shell does it
 * (blanks part words, quotes and backslashes keep them together) and is run without a shell: no
 * variables, no patterns, no pipes, unless the first word is one, as in {@code sh -c '…'}. Places
 * are filled word by word afterwards, so that a path with blanks stays one word.
 *
 * @param text as it was written
 * @param words with their places
 */
public record TrainerCommand(String text, List<String> words) {
  /** Folder or hub name of the model that is learned from. */
  public static final String BASE = "base";

  /** File of prompts and completions, JSON Lines. */
  public static final String EXAMPLES = "examples";

  /** Folder for the adapter. */
  public static final String OUT = "out";

  /** Folder of the adapter so far; empty in the first round. */
  public static final String PREVIOUS = "previous";

  private static final List<String> PLACES = List.of(BASE, EXAMPLES, OUT, PREVIOUS);
  private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_]+)\\}");
  private static final String REMEDY =
      "Write it as in --set training.command='python train.py {base} {examples} {out} {previous}':"
          + " {examples} and {out} are needed, {base} is the model's folder, {previous} the adapter"
          + " of the round before (empty in the first).";

  public TrainerCommand {
    words = List.copyOf(words);
  }

  /**
   * Reads a command.
   *
   * @throws UserError if a quote is open, a place is unknown, or one that is needed is missing
   */
  public static TrainerCommand parse(String text) {
    List<String> words = split(text);
    TreeSet<String> named = new TreeSet<>();
    words.forEach(
        word -> PLACE.matcher(word).results().map(place -> place.group(1)).forEach(named::add));
    for (String place : named) {
      if (!PLACES.contains(place)) {
        throw new UserError(
            "training.command has the place {%s}, which nothing is put into.".formatted(place),
            REMEDY);
      }
    }
    for (String needed : List.of(EXAMPLES, OUT)) {
      if (!named.contains(needed)) {
        throw new UserError(
            "training.command has no {%s}: \"%s\".".formatted(needed, text), REMEDY);
      }
    }
    return new TrainerCommand(text, words);
  }

  /** Whether it is told what a place stands for. */
  public boolean takes(String place) {
    return words.stream().anyMatch(word -> word.contains("{" + place + "}"));
  }

  /** The words with all places filled. */
  List<String> filled(Map<String, String> places) {
    return words.stream().map(word -> filled(word, places)).toList();
  }

  private static String filled(String word, Map<String, String> places) {
    return PLACE
        .matcher(word)
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(places.get(place.group(1))));
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == '\'' && c != '\'' || quote == '"' && c != '"' && c != '\\') {
        word.append(c);
      } else if (c == '\\' && i + 1 < text.length()) {
        i++;
        // Between double quotes a backslash stands for itself but before these.
        word.append(quote == '"' && "\"\\$`".indexOf(text.charAt(i)) < 0 ? "\\" : "");
        word.append(text.charAt(i));
        begun = true;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        word.append(c);
        begun = true;
      }
    }
    if (quote != 0) {
      throw new UserError(
          "training.command has a quote (%s) that is not closed: \"%s\".".formatted(quote, text),
          REMEDY);
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
