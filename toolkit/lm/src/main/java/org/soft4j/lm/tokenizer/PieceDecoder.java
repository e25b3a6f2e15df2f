package org.soft4j.lm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;

/** Turns pieces back into text (SentencePiece, sentencepiece_processor.cc, Decode). */
final class PieceDecoder {
  private static final String SPACE = "\u2581";
  private static final String REPLACEMENT = "\uFFFD";

  /** How the library writes what no piece spelled. */
  private static final String UNKNOWN = " \u2047 ";

  private final SentencePieceVocabulary vocabulary;
  private final boolean special;
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean begun;

  /**
   * Begins a text.
   *
   * @param strip whether the first piece's first space stands for nothing
   * @param special whether control pieces and the unknown one are spelled out
   */
  PieceDecoder(SentencePieceVocabulary vocabulary, boolean strip, boolean special) {
    this.vocabulary = vocabulary;
    this.special = special;
    this.begun = !strip;
  }

  String decode(int[] ids) {
    for (int id : ids) {
      if (id >= 0 && id < vocabulary.pieces().size()) {
        take(vocabulary.pieces().get(id), vocabulary.kinds().get(id));
      }
    }
    flush();
    return text.toString();
  }

  private void take(String piece, Kind kind) {
    if (kind == Kind.BYTE) {
      bytes.write(SentencePieceVocabulary.byteValue(piece));
      begun = true;
      return;
    }
    if (kind == Kind.CONTROL && !special) {
      return;
    }
    flush();
    if (kind == Kind.UNKNOWN && !special) {
      text.append(UNKNOWN);
    } else {
      boolean strip = !begun && piece.startsWith(SPACE);
      text.append((strip ? piece.substring(1) : piece).replace(SPACE, " "));
    }
    begun = true;
  }

  /** Writes the bytes so far as UTF-8; each one that is part of no letter becomes U+FFFD. */
  private void flush() {
    byte[] all = bytes.toByteArray();
    bytes.reset();
    int at = 0;
    while (at < all.length) {
      int length = Math.min(length(all[at]), all.length - at);
      String letter = new String(all, at, length, StandardCharsets.UTF_8);
      boolean sound =
          Arrays.equals(
              letter.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(all, at, at + length));
      text.append(sound ? letter : REPLACEMENT);
      at += sound ? length : 1;
    }
  }

  /** Bytes of the letter that begins with this one. */
  private static int length(byte first) {
    int bits = Byte.toUnsignedInt(first);
    if (bits < 0xc0) {
      return 1;
    }
    return bits < 0xe0 ? 2 : bits < 0xf0 ? 3 : 4;
  }
}
