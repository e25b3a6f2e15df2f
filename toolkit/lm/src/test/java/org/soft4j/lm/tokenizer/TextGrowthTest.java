package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;

/** A tokenizer.json may lengthen a text within bounds, which are held before the library runs. */
class TextGrowthTest {
  private static final String DOUBLED =
      "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aa\"}";
  private static final String FILE =
      """
      {"added_tokens": [%s], "normalizer": {"type": "Sequence", "normalizers": [%s]},
       "pre_tokenizer": %s, "decoder": {"type": "Sequence", "decoders": [%s]},
       "post_processor": %s,
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}\
      """;
  private static final String AROUND =
      "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\": \"x\","
          + " \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}], \"pair\":"
          + " [{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}, {\"Sequence\": {\"id\": \"B\","
          + " \"type_id\": 1}}], \"special_tokens\": {\"x\": {\"id\": \"x\", \"ids\": [%s],"
          + " \"tokens\": [%s]}}}";

  /** Twelve doublings are 4096 letters a letter, thirteen are more than the bound. */
  @Test
  void stackedNormalizersAreBoundedByTheirProduct() {
    try (JsonTokenizer tokenizer = open(file("", stacked(DOUBLED, 12), "null", "", "null"))) {
      assertEquals(8 * 4096, tokenizer.encode("aaaaaaaa").length);
      UserError fault = assertThrows(UserError.class, () -> tokenizer.encode("a".repeat(16_385)));
      assertTrue(fault.getMessage().contains("4096-fold: one of 16385 letters"), "" + fault);
      assertTrue(fault.getMessage().contains("67108864 bytes"), "" + fault);
    }
    refused(file("", stacked(DOUBLED, 13), "null", "", "null"), "8192-fold; the bound is 5000");
  }

  @Test
  void preTokenizersMultiplyWhatNormalizersMade() {
    String bytes =
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true,"
            + " \"use_regex\": false}";
    String sequence =
        "{\"type\": \"Sequence\", \"pretokenizers\": [%s]}".formatted(stacked(bytes, 3));
    refused(file("", stacked(DOUBLED, 10), sequence, "", "null"), "8192-fold; the bound is 5000");
  }

  @Test
  void decodersAreBoundedAsWell() {
    try (JsonTokenizer tokenizer = open(file("", "", "null", stacked(DOUBLED, 12), "null"))) {
      assertEquals(4096, tokenizer.decode(new int[] {0}).length());
      UserError fault = assertThrows(UserError.class, () -> tokenizer.decode(new int[43_691]));
      assertTrue(fault.getMessage().contains("too much memory"), "" + fault);
    }
    refused(file("", "", "null", stacked(DOUBLED, 13), "null"), "decoders lengthen a text 8192");
  }

  /** An added token is normalized when the file is opened. */
  @Test
  void addedTokensMayNotGrowPastTheBound() {
    String token =
        "{\"id\": 3, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\":"
            + " false, \"normalized\": true, \"special\": false}";
    refused(
        file(token.formatted("a".repeat(5_462)), stacked(DOUBLED, 12), "null", "", "null"),
        "its added tokens grow to 67117056 bytes; the bound is 67108864");
    refused(
        file(token.formatted("a".repeat(16_385)), "", "null", "", "null"),
        "a token has 16385 letters; the bound is 16384");
  }

  @Test
  void stepsAndTokensAroundATextAreCounted() {
    String same = DOUBLED.replace("aa", "a");
    open(file("", stacked(same, 64), "null", "", "null")).close();
    refused(file("", stacked(same, 65), "null", "", "null"), "65 steps; the bound is 64");
    String many = AROUND.formatted(stacked("0", 1_001), stacked("\"a\"", 1_001));
    refused(file("", "", "null", "", many), "puts 1001 tokens around a text; the bound is 1000");
  }

  /** What models in use have; U+FDFA is 33 bytes long in NFKC (Unicode 16, NormalizationTest). */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"type\": \"NFC\"}; 3",
        "{\"type\": \"NFKC\"}; 11",
        "{\"type\": \"Prepend\", \"prepend\": \"\u2581\"}; 4",
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \" \"}, \"content\": \"\u2581\"}; 3",
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \" {2,}\"}, \"content\": \" \"}; 2",
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \"``\"}, \"content\": \"q\"}; 1"
      })
  void growthOfOneStep(String step, double growth) throws Exception {
    byte[] file = file("", step, "null", "", "null").getBytes(StandardCharsets.UTF_8);
    assertEquals(growth, TokenizerJson.of(file).growth().encoding());
  }

  private static String file(
      String added, String normalizers, String cuts, String decoders, String around) {
    return FILE.formatted(added, normalizers, cuts, decoders, around);
  }

  private static String stacked(String step, int times) {
    return String.join(", ", Collections.nCopies(times, step));
  }

  private static void refused(String file, String why) {
    UserError fault = assertThrows(UserError.class, () -> open(file).close());
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  private static JsonTokenizer open(String json) {
    return JsonTokenizer.parse(json.getBytes(StandardCharsets.UTF_8), "tokenizer.json");
  }
}
