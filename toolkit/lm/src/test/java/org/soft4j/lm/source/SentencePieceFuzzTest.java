package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.files.SentencePieceFile;
import org.soft4j.lm.tokenizer.SentencePieceTokenizer;
import org.soft4j.lm.tokenizer.SentencePieceVocabulary.Prefix;

/** Any bytes as tokenizer.model. See docs/fuzzing.md. */
class SentencePieceFuzzTest {
  private static final List<String> TEXTS =
      List.of("", "ab a</s>1\n c", "\u2581é\ud83d\ude00\ud800");

  static List<byte[]> sound() {
    return List.of(model(false), model(true));
  }

  /** Four pieces, with or without those of all bytes; BPE, nothing normalized. */
  private static byte[] model(boolean bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    piece(out, "<unk>", 2);
    piece(out, "</s>", 3);
    piece(out, "\u2581", 1);
    piece(out, "ab", 1);
    for (int value = 0; bytes && value < 256; value++) {
      piece(out, String.format(Locale.ROOT, "<0x%02X>", value), 6);
    }
    out.writeBytes(new byte[] {0x12, 2, 0x18, 2}); // trainer: model type BPE
    out.writeBytes(new byte[] {0x1a, 4, 0x18, 1, 0x20, 0}); // normalizer: prefix, spaces kept
    return out.toByteArray();
  }

  private static void piece(ByteArrayOutputStream out, String text, int kind) {
    byte[] letters = TinyModel.utf8(text);
    out.write(0x0a);
    out.write(letters.length + 9);
    out.write(0x0a);
    out.write(letters.length);
    out.writeBytes(letters);
    out.writeBytes(new byte[] {0x15, 0, 0, 0, 0, 0x18, (byte) kind});
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> use(sound)));
  }

  /** The input as the file. */
  @MethodSource("sound")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> use(input));
  }

  private static void use(byte[] model) {
    BytesInMemory file = new BytesInMemory("tokenizer.model", model);
    try (SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(
            SentencePieceFile.read(file, Prefix.TEXT), OptionalInt.of(0), OptionalInt.empty())) {
      for (String text : TEXTS) {
        tokenizer.decode(tokenizer.encodePlain(text));
        tokenizer.decodeWithSpecial(tokenizer.encode(text));
      }
      tokenizer.decode(new int[] {0, 1, 2, 3, 300, Integer.MAX_VALUE, -1});
    }
  }
}
