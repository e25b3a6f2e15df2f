package org.soft4j.lm.text;

/** Turns text into token ids and back; thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Encodes a text, adding what the tokenizer itself adds (a beginning-of-text token where
   * tokenizer.json says so). Special tokens written in the text are parsed.
   */
  int[] encode(String text);

  /** Encodes a text and adds nothing. */
  int[] encodePlain(String text);

  /** Text of the ids, special tokens left out. */
  String decode(int[] ids);

  /** Text of the ids, special tokens written out. */
  String decodeWithSpecial(int[] ids);

  /** Id of a token given literally, or -1. */
  int id(String token);

  @Override
  void close();
}
