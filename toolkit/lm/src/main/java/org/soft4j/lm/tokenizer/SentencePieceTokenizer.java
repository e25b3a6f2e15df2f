package org.soft4j.lm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.soft4j.lm.tokenizer.ControlTokens.Part;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Kind;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;

/**
 * A SentencePiece BPE model (Kudo and Richardson 2018, github.com/google/sentencepiece) without
 * normalization, as Llama 2 and the first Mistral have it. What no piece spells becomes bytes where
 * the model has them, and the unknown piece where it has not.
 */
public final class SentencePieceTokenizer implements Tokenizer {
  private static final char SPACE = '\u2581';

  private final SentencePieceVocabulary vocabulary;
  private final OptionalInt begin;
  private final OptionalInt end;
  private final PieceIndex index;
  private final boolean hasBytes;
  private final ControlTokens control;
  private final PairMerger merger;

  /**
   * Makes a tokenizer.
   *
   * @param begin put before every encoded text
   * @param end what the model's own settings put after every text; it is not encoded
   */
  public SentencePieceTokenizer(
      SentencePieceVocabulary vocabulary, OptionalInt begin, OptionalInt end) {
    this.vocabulary = vocabulary;
    this.begin = begin;
    this.end = end;
    index = new PieceIndex(vocabulary);
    hasBytes = index.hasAllBytes();
    control = new ControlTokens(index.controlIds());
    merger = new PairMerger(vocabulary, index.textIds(), index.whole());
  }

  @Override
  public int[] encode(String text) {
    return IntStream.concat(begin.stream(), IntStream.of(encodePlain(text))).toArray();
  }

  @Override
  public int[] appended() {
    return end.stream().toArray();
  }

  @Override
  public int[] encodePlain(String text) {
    IntStream.Builder ids = IntStream.builder();
    boolean prefixed = vocabulary.prefix() != Prefix.NONE;
    for (Part part : control.split(text)) {
      if (part.control()) {
        ids.add(control.id(part.text()));
      } else {
        append((prefixed ? " " : "") + part.text(), ids);
      }
      prefixed = vocabulary.prefix() == Prefix.EVERY_PART;
    }
    return ids.build().toArray();
  }

  private void append(String text, IntStream.Builder ids) {
    boolean unknownBefore = false;
    for (String piece : merger.pieces(withoutHalves(text).replace(' ', SPACE))) {
      Integer id = index.textIds().get(piece);
      boolean unknown = id == null && !hasBytes;
      if (id != null) {
        ids.add(id);
      } else if (hasBytes) {
        for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
          ids.add(index.byteId(b));
        }
      } else if (!unknownBefore && index.unknown() >= 0) {
        ids.add(index.unknown());
      }
      unknownBefore = unknown;
    }
  }

  /** Half a surrogate pair is no letter, and becomes U+FFFD as in the library. */
  private static String withoutHalves(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  @Override
  public String decode(int[] ids) {
    return new PieceDecoder(vocabulary, vocabulary.prefix() != Prefix.NONE, false).decode(ids);
  }

  @Override
  public String decodeWithSpecial(int[] ids) {
    return new PieceDecoder(vocabulary, vocabulary.prefix() != Prefix.NONE, true).decode(ids);
  }

  @Override
  public String decodeAfter(int[] context, int[] ids) {
    boolean afterControl =
        context.length > 0 && vocabulary.kinds().get(context[context.length - 1]) == Kind.CONTROL;
    return afterControl && vocabulary.prefix() == Prefix.TEXT && context.length > 1
        ? new PieceDecoder(vocabulary, false, false).decode(ids)
        : Tokenizer.super.decodeAfter(context, ids);
  }

  @Override
  public String marked(String text) {
    return control.marked(text);
  }

  @Override
  public boolean special(int id) {
    return id >= 0 && id <= largestId() && vocabulary.kinds().get(id) == Kind.CONTROL;
  }

  @Override
  public int id(String token) {
    return index.textIds().getOrDefault(token, index.controlIds().getOrDefault(token, -1));
  }

  @Override
  public int largestId() {
    return vocabulary.pieces().size() - 1;
  }

  @Override
  public void close() {}
}
