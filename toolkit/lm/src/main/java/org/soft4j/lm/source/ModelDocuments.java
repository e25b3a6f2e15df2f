package org.soft4j.lm.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.InputFile;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTokenizer;
import org.soft4j.lm.tokenizer.JsonTokenizer;

/**
 * What stands beside the weights in a model folder in the Hugging Face layout, so that other
 * weights of the same model can be written with it.
 */
@FunctionalInterface
public interface ModelDocuments {
  /** None: for models that nobody writes. */
  ModelDocuments NONE = Map::of;

  /** The configuration, which a model from a GGUF file does not have. */
  String CONFIG = "config.json";

  /**
   * File names and contents; read when asked for.
   *
   * @throws org.soft4j.core.UserError if they cannot be read, or the model's file holds what has no
   *     such form
   */
  Map<String, byte[]> read();

  /** Those of a folder, its configuration saying that the weights are fp32. */
  static ModelDocuments of(Path folder) {
    return () -> {
      Map<String, byte[]> documents = new LinkedHashMap<>();
      documents.put(CONFIG, inFull(JsonFile.read(folder.resolve(CONFIG))));
      for (String name :
          List.of(
              "generation_config.json",
              "tokenizer.json",
              "tokenizer.model",
              "tokenizer_config.json",
              "special_tokens_map.json",
              "added_tokens.json",
              "vocab.json",
              "merges.txt",
              "chat_template.json",
              "chat_template.jinja")) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          documents.put(name, bytes(file));
        }
      }
      return documents;
    };
  }

  /** Those that follow from a GGUF file's metadata; its configuration has another form. */
  static ModelDocuments of(GgufMetadata metadata) {
    return () -> {
      ObjectNode config = JsonMapper.builder().build().createObjectNode();
      config.put("tokenizer_class", "PreTrainedTokenizerFast");
      GgufTokenizer.special(metadata).forEach(config::put);
      config.put("clean_up_tokenization_spaces", false);
      metadata.text("tokenizer.chat_template").ifPresent(t -> config.put("chat_template", t));
      Map<String, byte[]> documents = new LinkedHashMap<>();
      documents.put("tokenizer.json", GgufTokenizer.json(metadata));
      documents.put("tokenizer_config.json", pretty(config));
      return documents;
    };
  }

  private static byte[] inFull(JsonNode config) {
    ObjectNode changed = config.deepCopy();
    changed.put(changed.has("dtype") ? "dtype" : "torch_dtype", "float32");
    return pretty(changed);
  }

  private static byte[] pretty(JsonNode json) {
    try {
      String text =
          JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return InputFile.bytes(file, JsonTokenizer.MOST_BYTES);
    } catch (IOException e) {
      throw ModelErrors.unreadable(file, e);
    }
  }
}
