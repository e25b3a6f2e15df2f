package org.soft4j.lm.tokenizer;

import java.util.List;
import java.util.Optional;

/**
 * The pieces of a SentencePiece BPE model, and how a text is prepared for it.
 *
 * @param pieces by id; a space is spelled U+2581
 * @param scores by id; of two possible merges, the one with the higher score comes first
 * @param kinds by id
 * @param prefix where a space is put before a text
 */
public record SentencePieceVocabulary(
    List<String> pieces, float[] scores, List<Kind> kinds, Prefix prefix) {
  /** What a piece is for, in the order of the numbers in SentencePiece and GGUF files. */
  public enum Kind {
    /** Text. */
    NORMAL,
    /** Stands for what no piece spells. */
    UNKNOWN,
    /** Never read from a user's text, and no text when decoded. */
    CONTROL,
    /** Text that is always one piece. */
    USER_DEFINED,
    /** Takes part in merges and is taken apart again. */
    UNUSED,
    /** One byte, spelled such as {@code <0x0A>}. */
    BYTE;

    /** The kind of a number, which begins at 1. */
    public static Optional<Kind> of(long number) {
      return number >= 1 && number <= values().length
          ? Optional.of(values()[(int) number - 1])
          : Optional.empty();
    }
  }

  /** Where a space that stands for nothing is put, so that words look the same everywhere. */
  public enum Prefix {
    /** Nowhere. */
    NONE,
    /** Before a text alone. */
    TEXT,
    /** Before a text, and before what follows a control token in it. */
    EVERY_PART
  }

  public SentencePieceVocabulary {
    pieces = List.copyOf(pieces);
    kinds = List.copyOf(kinds);
    scores = scores.clone();
    if (scores.length != pieces.size() || kinds.size() != pieces.size()) {
      throw new IllegalArgumentException(
          "%s pieces, %s scores, %s kinds".formatted(pieces.size(), scores.length, kinds.size()));
    }
    for (int id = 0; id < kinds.size(); id++) {
      if (kinds.get(id) == Kind.BYTE && !pieces.get(id).matches("<0x[0-9A-F]{2}>")) {
        throw new IllegalArgumentException("piece " + id + " is no byte: " + pieces.get(id));
      }
    }
  }

  /** The byte that a piece such as {@code <0x0A>} spells. */
  static int byteValue(String piece) {
    return Integer.parseInt(piece.substring(3, 5), 16);
  }
}
