package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.tokenizer.JsonTokenizer;

/** Any bytes as tokenizer.json, run by the native library. See docs/fuzzing.md. */
class TokenizerFuzzTest {
  private static final String TEXT = "ab a</s>1\n c\u2581é\ud83d\ude00\t  <s>";
  private static final String REPEATED = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
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
    hold(input);
  }

  /** Sound files, edited. */
  @FuzzTest(maxDuration = "1h")
  void editedFile(FuzzedDataProvider data) {
    byte[] file = EDITS.next(data);
    hold(file);
  }

  @Test
  void editedByAFixedSeed() {
    FixedSeed.run(
        "tokenizer.json",
        data -> {
          use(EDITS.next(data));
          return "read";
        });
  }

  private static void hold(byte[] json) {
    PeakMemory.hold(json.length, () -> ParserBounds.hold(json.length, () -> use(json)));
  }

  private static void use(byte[] json) {
    try (JsonTokenizer tokenizer = JsonTokenizer.parse(json, "tokenizer.json")) {
      tokenizer.decodeWithSpecial(tokenizer.encode(TEXT));
      tokenizer.encodePlain(REPEATED);
      tokenizer.decode(new int[] {0, 1, 2, 3, 4, 300, Integer.MAX_VALUE, -1});
    }
  }
}
