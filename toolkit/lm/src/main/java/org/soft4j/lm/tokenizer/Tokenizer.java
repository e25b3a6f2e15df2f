package org.soft4j.lm.tokenizer;

import java.util.Arrays;
import java.util.OptionalInt;

/** Turns text into token ids and back; thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Encodes a text, putting before it what the tokenizer itself puts there (a beginning-of-text
   * token where tokenizer.json says so). What it would put behind the text is left out: every text
   * here is one that goes on, and behind an end-of-text token none does. Control tokens written in
   * the text are parsed, except for those in parts marked with {@link UserText}.
   */
  int[] encode(String text);

  /** What the tokenizer itself would put behind every text, and {@link #encode} leaves out. */
  default int[] appended() {
    return new int[0];
  }

  /** Encodes a text as above and adds nothing. */
  int[] encodePlain(String text);

  /** Text of the ids, special tokens left out. */
  String decode(int[] ids);

  /** Text of the ids, special tokens written out. */
  String decodeWithSpecial(int[] ids);

  /**
   * A text from outside, marked as by {@link UserText#mark} but only where it spells one of this
   * tokenizer's control tokens; also after {@link #close}.
   */
  default String marked(String text) {
    return UserText.mark(text);
  }

  /** Whether a token is one of those that {@link #decode} leaves out. */
  boolean special(int id);

  /** Id of a token given literally, or -1. */
  int id(String token);

  /** The largest id of any token; -1 where there is none. */
  int largestId();

  /**
   * The text that ids add to the context they follow, special tokens left out. Decoding them alone
   * would lose the space before the first word (a SentencePiece tokenizer's first space stands for
   * nothing) and a letter whose bytes began in the context.
   *
   * @param context the ids before, all of them or the last ones
   */
  default String decodeAfter(int[] context, int[] ids) {
    int from = Continuation.from(this, context);
    int[] tail = Arrays.copyOfRange(context, from, context.length);
    return Continuation.added(decode(tail), decode(Continuation.join(tail, ids)));
  }

  /** As {@link #decodeAfter}, special tokens among the ids written out. */
  default String decodeAfterWithSpecial(int[] context, int[] ids) {
    int from = Continuation.from(this, context);
    int[] tail = Arrays.copyOfRange(context, from, context.length);
    return Continuation.added(
        decodeWithSpecial(tail), decodeWithSpecial(Continuation.join(tail, ids)));
  }

  @Override
  void close();

  /**
   * The tokens between which a tokenizer's model has seen its texts.
   *
   * @param begin id of the beginning-of-text token, where there is one
   * @param end id of the end-of-text token, where there is one
   */
  record SpecialTokens(OptionalInt begin, OptionalInt end) {
    /** The token that stands for an empty context, as in lm-evaluation-harness: begin, else end. */
    public OptionalInt prefix() {
      return begin.isPresent() ? begin : end;
    }
  }
}
