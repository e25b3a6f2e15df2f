package org.soft4j.lm;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why an answer of a model is not quite what was asked for. It still counts as it came, mostly as a
 * wrong one, unless it is {@link #unusable()}; whoever sums answers up tells how many had which.
 */
public enum Caveat {
  /** A context did not fit into the model's window, and its beginning was cut off. */
  CONTEXT_CUT("context cut on the left to fit the window"),
  /** A context left no room in the model's window for an answer. */
  NO_ROOM("context fills the window, no room to answer"),
  /** The model's window ended the answer, before its bound on new tokens did. */
  WINDOW_FULL("cut off where the window was full, before the bound on tokens"),
  /** The bound on new tokens ended the answer. */
  CUT_OFF("cut off at the bound on tokens"),
  /** A server's content filter cut or withheld the answer. */
  FILTERED("cut or withheld by the server's content filter"),
  /** The server marks the answer as a refusal; its words are the text. */
  REFUSED("marked as a refusal by the server"),
  /** A tool was called instead. */
  TOOL_CALL("a tool was called instead of an answer"),
  /** The server told reasoning and no answer. */
  REASONING_ONLY("reasoning and no answer"),
  /** The server sent no text at all, or an empty one. */
  NO_TEXT("no text came"),
  /** Parts of the answer are not text, such as pictures; they are left out. */
  NOT_ONLY_TEXT("parts that are not text were left out"),
  /** Bytes of a server's answer are not UTF-8; U+FFFD stands for them. */
  BROKEN_UTF8("bytes that are not UTF-8, read as U+FFFD"),
  /** A server's answer repeated the key of the endpoint, which was taken out. */
  KEY_HIDDEN("the endpoint's key in the answer, taken out"),
  /** The text holds the model's reasoning, marked as such, before its answer. */
  REASONING_KEPT("reasoning in the text, kept"),
  /** The same, and the reasoning was taken out. */
  REASONING_DROPPED("reasoning in the text, taken out"),
  /** The text ends inside the model's reasoning: by a stop or at the bound. */
  REASONING_UNFINISHED("ended inside its reasoning"),
  /** What a server tells of single tokens does not fit the text, so nothing can be scored. */
  UNSCORED("token scores that do not fit the text; left out of the scores"),
  /**
   * The tokenizer joins the continuation with the context's end, so that no token of it is left:
   * the whole text has no more tokens than the context alone.
   */
  NO_TOKENS("the context's end swallows a continuation's only token; left out of the scores"),
  /** The continuation alone is longer than the model's window. */
  TOO_LONG("a continuation is longer than the window; left out of the scores"),
  /** Context and continuation are longer than a server's window, and its tokens are not known. */
  OVER_WINDOW("a text is longer than the server's window; left out of the scores"),
  /** A server's token reaches over the border, so that its score is not the continuation's own. */
  BORDER_IN_TOKEN("a token reaches from the context into a continuation; left out of the scores");

  private static final Set<Caveat> WITHOUT_VALUE =
      EnumSet.of(UNSCORED, NO_TOKENS, TOO_LONG, OVER_WINDOW, BORDER_IN_TOKEN);
  private static final Set<Caveat> OF_THE_WINDOW =
      EnumSet.of(CONTEXT_CUT, NO_ROOM, WINDOW_FULL, TOO_LONG, OVER_WINDOW);

  private final String words;

  Caveat(String words) {
    this.words = words;
  }

  /** For people: what is told of an answer that has it. */
  public String words() {
    return words;
  }

  /** In files: {@code cut_off}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether there is no value at all, so that the item counts neither as right nor as wrong. */
  public boolean unusable() {
    return WITHOUT_VALUE.contains(this);
  }

  /** Whether the text and its answer did not fit into the model's window. */
  public boolean ofTheWindow() {
    return OF_THE_WINDOW.contains(this);
  }

  /** All of both sets, in the order of this enum. */
  public static Set<Caveat> set(Set<Caveat> some, Set<Caveat> more) {
    EnumSet<Caveat> all = EnumSet.noneOf(Caveat.class);
    all.addAll(some);
    all.addAll(more);
    return Collections.unmodifiableSet(all);
  }

  /** Reads {@link #text()}; empty for a name of a later version. */
  public static Optional<Caveat> of(String text) {
    return Stream.of(values()).filter(caveat -> caveat.text().equals(text)).findFirst();
  }

  /** The words for a name in a file; the name itself where a later version wrote it. */
  public static String words(String text) {
    return of(text).map(Caveat::words).orElse(text);
  }
}
