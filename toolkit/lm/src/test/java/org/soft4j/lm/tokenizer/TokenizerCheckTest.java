package org.soft4j.lm.tokenizer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.UserError;

/** Files on which the native library would end the whole process are refused before. */
class TokenizerCheckTest {
  private static final String SOUND =
      """
      {"added_tokens": [], "normalizer": null, "pre_tokenizer": null, "decoder": null,
       "post_processor": null,
       "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}""";

  @Test
  void theFileThatIsDamagedBelowIsSound() {
    assertDoesNotThrow(() -> open(SOUND).close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"BPE\"; \"BPE\", \"continuing_subword_prefix\": \"long prefix\"; is set",
        "\"BPE\"; \"BPE\", \"dropout\": 0.5; draws at random",
        "\"BPE\"; \"WordPiece\"; \"WordPiece\" is not supported",
        "\"BPE\"; \"BPE\", \"type\": \"Unigram\"; Duplicate field 'type'",
        "\"ab\": 2; \"ab\": -2; the id of \"ab\" is -2",
        "\"ab\": 2; \"ab\": 1e3; the id of \"ab\" is 1000.0",
        "\"decoder\": null; \"decoder\": {\"type\": \"Strip\", \"content\": \"a\", \"start\": 1,"
            + " \"stop\": 1}; cuts at the end",
        "\"decoder\": null; \"decoder\": {\"type\": \"CTC\"}; decoder \"CTC\" is not supported",
        "\"normalizer\": null; \"normalizer\": {\"type\": \"Precompiled\"}; is not supported",
        "\"pre_tokenizer\": null; \"pre_tokenizer\": {\"type\": \"Split\", \"pattern\":"
            + " {\"Regex\": \"(a+)+$\"}, \"behavior\": \"Isolated\", \"invert\": false};"
            + " repeats a group",
        "\"post_processor\": null; \"post_processor\": {\"type\": \"TemplateProcessing\","
            + " \"single\": [{\"SpecialToken\": {\"id\": \"x\", \"type_id\": 0}}], \"pair\": [],"
            + " \"special_tokens\": {}}; token \"x\" is not described",
        "\"post_processor\": null; \"post_processor\": {\"type\": \"TemplateProcessing\","
            + " \"single\": [{\"Sequence\": {\"id\": \"B\", \"type_id\": 0}}], \"pair\": [],"
            + " \"special_tokens\": {}}; has the texts \"B\"",
        // The library would take it for a TemplateProcessing, and miss the token.
        "\"post_processor\": null; \"post_processor\": {\"type\": \"ByteLevel\","
            + " \"single\": [{\"SpecialToken\": {\"id\": \"x\", \"type_id\": 0}}], \"pair\": [],"
            + " \"special_tokens\": {}}; post_processor ByteLevel has a field single",
      })
  void faultsThatWouldEndTheProcess(String sound, String damaged, String why) {
    String file = SOUND.replace(sound, damaged);
    UserError fault = assertThrows(UserError.class, () -> open(file).close());
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }

  @Test
  void aTextOfMillionsOfLettersIsRefusedBeforeTheLibraryGivesUp() {
    try (JsonTokenizer tokenizer = open(SOUND)) {
      String text = "a".repeat(1_000_000);
      UserError fault = assertThrows(UserError.class, () -> tokenizer.encode(text));
      assertTrue(fault.getMessage().contains("1000000 letters"), fault.getMessage());
    }
  }

  private static JsonTokenizer open(String json) {
    return JsonTokenizer.parse(json.getBytes(StandardCharsets.UTF_8), "tokenizer.json");
  }

  /**
   * tokenizers 0.23.3 reads "&lt;end&gt;" as 3, the number behind its three tokens, though the file
   * says 9, and as its own id where it stands in the vocabulary (findings/tokenizers-added-ids.sh).
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"ab\": 2; 9; has the id 9, and the library would read it as 3 behind a vocabulary of 3",
        "\"ab\": 7; 8; has the id 8, and the library would read it as 3",
        "\"ab\": 7, \"<end>\": 8; 9; has the id 9, and the library would read it as 8",
        "\"ab\": 2; 3; ",
        "\"ab\": 7, \"<end>\": 8; 8; "
      })
  void anAddedTokenThatTheLibraryWouldNumberOtherwiseIsRefused(String ab, int id, String why) {
    String token =
        """
        "added_tokens": [{"id": %s, "content": "<end>", "single_word": false, "lstrip": false,
          "rstrip": false, "normalized": false, "special": true}]"""
            .formatted(id);
    String file = SOUND.replace("\"ab\": 2", ab).replace("\"added_tokens\": []", token);
    if (why == null) {
      try (JsonTokenizer tokenizer = open(file)) {
        assertEquals("<end>", tokenizer.decodeWithSpecial(new int[] {id}));
      }
      return;
    }
    UserError fault = assertThrows(UserError.class, () -> open(file).close());
    assertTrue(fault.getMessage().contains(why), fault.getMessage());
  }
}
