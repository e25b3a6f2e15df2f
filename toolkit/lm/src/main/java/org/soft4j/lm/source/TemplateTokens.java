package org.soft4j.lm.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.soft4j.lm.files.JsonFile;

/**
 * The special tokens that a chat template may name. As in transformers, one that the tokenizer does
 * not have is undefined there, which is not the same as empty.
 */
public final class TemplateTokens {
  private static final List<String> NAMES =
      List.of("pad_token", "unk_token", "sep_token", "cls_token", "mask_token");
  private static final List<String> FILES =
      List.of("special_tokens_map.json", "tokenizer_config.json");

  private TemplateTokens() {}

  /** The tokens of a model by the names under which a template knows them. */
  public static Map<String, String> of(ModelSource source, String template) {
    Map<String, String> tokens = new LinkedHashMap<>();
    // Few templates name others than the first and the last token, and the files may be large.
    if (NAMES.stream().anyMatch(template::contains)) {
      Map<String, byte[]> documents = source.documents().read();
      for (String file : FILES) {
        if (documents.containsKey(file)) {
          add(tokens, JsonFile.parse(ByteBuffer.wrap(documents.get(file)), Path.of(file)));
        }
      }
    }
    add(tokens, "bos_token", source, source.special().begin());
    add(tokens, "eos_token", source, source.special().end());
    return tokens;
  }

  private static void add(Map<String, String> tokens, JsonNode config) {
    for (String name : NAMES) {
      JsonNode token = config.path(name);
      JsonNode text = token.isTextual() ? token : token.path("content");
      if (text.isTextual()) {
        tokens.put(name, text.asText());
      }
    }
  }

  private static void add(
      Map<String, String> tokens, String name, ModelSource source, OptionalInt id) {
    if (id.isPresent()) {
      tokens.put(name, source.tokenizer().decodeWithSpecial(id.stream().toArray()));
    }
  }
}
