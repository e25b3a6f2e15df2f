package org.soft4j.lm.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.tokenizer.SpecialTokens;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * What a model folder's tokenizer_config.json calls the beginning and the end of a text; it goes
 * before config.json, which for some models (Qwen2) names a beginning where the tokenizer has none.
 */
final class FolderSpecialTokens {
  private FolderSpecialTokens() {}

  static SpecialTokens of(Path folder, Tokenizer tokenizer, Architecture architecture) {
    JsonNode config =
        JsonFile.readIfPresent(folder.resolve("tokenizer_config.json"))
            .orElse(MissingNode.getInstance());
    SpecialTokens otherwise = architecture.special();
    return new SpecialTokens(
        token(config.path("bos_token"), tokenizer, otherwise.begin()),
        token(config.path("eos_token"), tokenizer, otherwise.end()));
  }

  private static OptionalInt token(JsonNode named, Tokenizer tokenizer, OptionalInt otherwise) {
    if (named.isNull()) {
      return OptionalInt.empty();
    }
    int id = tokenizer.id(named.isTextual() ? named.asText() : named.path("content").asText());
    return id < 0 ? otherwise : OptionalInt.of(id);
  }
}
