package org.soft4j.lm.files;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.text.JsonTokenizer;

/** Any bytes as tokenizer.json, run by the native library. See docs/fuzzing.md. */
class TokenizerFuzzTest {
  private static final List<String> TEXTS =
      List.of("", "ab a</s>1\n c", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "\u2581é\ud83d\ude00\t ");
  private static final JsonEdits EDITS = new JsonEdits(TokenizerFiles.all());

  static List<byte[]> sound() {
    return TokenizerFiles.all().stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundOnesAreAccepted(byte[] sound) {
    assertTrue(ParserBounds.hold(sound.length, () -> use(sound)));
  }

  /** The input as the file. */
  @MethodSource("sound")
  @DictionaryFile(resourcePath = "tokenizer.dict")
  @FuzzTest(maxDuration = "1h")
  void anyBytes(byte[] input) {
    ParserBounds.hold(input.length, () -> use(input));
  }

  /** Sound files, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedFile(FuzzedDataProvider data) {
    byte[] file = EDITS.next(data);
    ParserBounds.hold(file.length, () -> use(file));
  }

  private static void use(byte[] json) {
    try (JsonTokenizer tokenizer = JsonTokenizer.parse(json, "tokenizer.json")) {
      tokenizer.largestId();
      for (String text : TEXTS) {
        tokenizer.decode(tokenizer.encodePlain(text));
        tokenizer.decodeWithSpecial(tokenizer.encode(text));
      }
      tokenizer.decode(new int[] {0, 1, 2, 3, 4, 300, Integer.MAX_VALUE, -1});
    }
  }
}
