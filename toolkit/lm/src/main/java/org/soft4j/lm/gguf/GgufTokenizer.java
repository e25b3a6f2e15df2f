package org.soft4j.lm.gguf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.lm.files.ModelErrors;
import org.soft4j.lm.tokenizer.EndTokens;
import org.soft4j.lm.tokenizer.JsonTokenizer;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * Reads the tokenizer inside a GGUF file; of byte-level BPE it makes a tokenizer.json in memory.
 *
 * <p>The pre-tokenizer is the one the model was trained with, which the file only names; a name
 * that is not known is refused, since a wrong cut changes tokens silently.
 */
public final class GgufTokenizer {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final long CONTROL = 3;
  private static final long USER_DEFINED = 4;

  private static final Map<String, String> KEYS =
      Map.of(
          "bos_token", "bos_token_id",
          "eos_token", "eos_token_id",
          "unk_token", "unknown_token_id",
          "pad_token", "padding_token_id");

  private final GgufMetadata metadata;
  private final List<String> tokens;
  private final String pre;
  private final ObjectNode root = JsonMapper.builder().build().createObjectNode();

  private GgufTokenizer(GgufMetadata metadata) {
    this.metadata = metadata;
    this.tokens =
        metadata
            .texts(PREFIX + "tokens")
            .orElseThrow(() -> metadata.damaged("has no " + PREFIX + "tokens"));
    this.pre = pre(metadata);
  }

  /**
   * The file's name for the cut, or that of a known vocabulary. Files before May 2024 have none,
   * and "default" is what a converter wrote that knew none: GPT-2's own files then mean GPT-2's.
   */
  private static String pre(GgufMetadata metadata) {
    String named = metadata.text(PREFIX + "pre").orElse("default");
    if (!named.equals("default")) {
      return named;
    }
    return PreTokenizers.named(metadata.texts(PREFIX + "merges").orElse(List.of()))
        .or(() -> metadata.text("general.architecture").filter("gpt2"::equals))
        .orElseThrow(
            () ->
                ModelErrors.unsupported(
                    metadata.file(),
                    (metadata.has(PREFIX + "pre") ? "says \"default\" for " : "has no ")
                        + PREFIX
                        + "pre, and its vocabulary is not known: how texts are cut is not said",
                    "Convert the model again with llama.cpp of May 2024 or later, or use its"
                        + " Hugging Face folder with its tokenizer.json."));
  }

  public static Tokenizer read(GgufMetadata metadata) {
    return metadata.text(PREFIX + "model").orElse("none").equals("llama")
        ? GgufSentencePiece.read(metadata)
        : JsonTokenizer.parse(json(metadata), metadata.file().toString());
  }

  /** Tokens with a part of their own, by the names that tokenizer_config.json has for them. */
  public static Map<String, String> special(GgufMetadata metadata) {
    List<String> tokens = metadata.texts(PREFIX + "tokens").orElse(List.of());
    Map<String, String> special = new TreeMap<>();
    KEYS.forEach(
        (name, key) ->
            metadata
                .whole(PREFIX + key)
                .filter(id -> id < tokens.size())
                .ifPresent(id -> special.put(name, tokens.get(id))));
    return special;
  }

  /** The bytes of a tokenizer.json. */
  public static byte[] json(GgufMetadata metadata) {
    String model = metadata.text(PREFIX + "model").orElse("none");
    if (!model.equals("gpt2")) {
      throw ModelErrors.unsupported(
          metadata.file(),
          PREFIX + "model \"" + model + "\" is not supported",
          "Supported: gpt2 (byte-level BPE), llama (SentencePiece BPE). Use the model's Hugging Face folder with its"
              + " tokenizer.json instead.");
    }
    return new GgufTokenizer(metadata).json();
  }

  private byte[] json() {
    root.put("version", "1.0");
    root.putNull("truncation").putNull("padding");
    addedTokens(root.putArray("added_tokens"));
    root.set("normalizer", PreTokenizers.normalizer(pre));
    root.set(
        "pre_tokenizer",
        PreTokenizers.json(pre)
            .orElseThrow(
                () ->
                    ModelErrors.unsupported(
                        metadata.file(),
                        PREFIX + "pre \"" + pre + "\" is not supported",
                        "Supported: " + PreTokenizers.supported() + ".")));
    template(root.putObject("post_processor"));
    root.set("decoder", PreTokenizers.byteLevel(true));
    bytePairs(root.putObject("model"));
    try {
      return JsonMapper.builder().build().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw metadata.damaged("has tokens that cannot be written as JSON: " + e.getMessage());
    }
  }

  private void addedTokens(ArrayNode added) {
    GgufMetadata.Numbers types = metadata.numbers(PREFIX + "token_type").orElse(null);
    if (types == null) {
      return;
    }
    if (types.count() != tokens.size()) {
      throw metadata.damaged(
          "has " + types.count() + " token types for " + tokens.size() + " tokens");
    }
    for (int id = 0; id < tokens.size(); id++) {
      Object type = types.get(id);
      // Some exporters mark the end of a turn as ordinary text; llama.cpp, too, goes by its name.
      boolean control = type.equals(CONTROL) || EndTokens.known(tokens.get(id));
      if (control || type.equals(USER_DEFINED)) {
        added
            .addObject()
            .put("id", id)
            .put("content", tokens.get(id))
            .put("single_word", false)
            .put("lstrip", false)
            .put("rstrip", false)
            .put("normalized", false)
            .put("special", control);
      }
    }
  }

  /** What is added before and after each text. */
  private void template(ObjectNode node) {
    node.put("type", "TemplateProcessing");
    ArrayNode single = node.putArray("single");
    ArrayNode pair = node.putArray("pair");
    ObjectNode special = node.putObject("special_tokens");
    boolean beginByDefault = PreTokenizers.beginsText(pre) && metadata.has(PREFIX + "bos_token_id");
    if (metadata.flag(PREFIX + "add_bos_token").orElse(beginByDefault)) {
      special(single, special, "bos_token_id");
      special(pair, special, "bos_token_id");
    }
    sequence(single, "A", 0);
    sequence(pair, "A", 0);
    if (metadata.flag(PREFIX + "add_eos_token").orElse(false)) {
      special(single, special, "eos_token_id");
      special(pair, special, "eos_token_id");
    }
    sequence(pair, "B", 1);
  }

  private void special(ArrayNode steps, ObjectNode special, String key) {
    int id =
        metadata
            .whole(PREFIX + key)
            .orElseThrow(() -> metadata.damaged("adds a token but has no " + PREFIX + key));
    if (id >= tokens.size()) {
      throw metadata.damaged(PREFIX + key + " " + id + " is no token");
    }
    String token = tokens.get(id);
    steps.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
    ObjectNode entry = special.putObject(token).put("id", token);
    entry.putArray("ids").add(id);
    entry.putArray("tokens").add(token);
  }

  private static void sequence(ArrayNode steps, String id, int type) {
    steps.addObject().putObject("Sequence").put("id", id).put("type_id", type);
  }

  private void bytePairs(ObjectNode model) {
    model.put("type", "BPE").putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false);
    model.put("ignore_merges", PreTokenizers.wholeWordsWin(pre));
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      if (!vocabulary.has(tokens.get(id))) {
        vocabulary.put(tokens.get(id), id);
      }
    }
    Set<String> known = new HashSet<>(tokens);
    ArrayNode merges = model.putArray("merges");
    for (String merge :
        metadata
            .texts(PREFIX + "merges")
            .orElseThrow(() -> metadata.damaged("has no " + PREFIX + "merges"))) {
      int space = merge.indexOf(' ', 1);
      if (space < 0
          || !known.contains(merge.substring(0, space))
          || !known.contains(merge.substring(space + 1))
          || !known.contains(merge.substring(0, space) + merge.substring(space + 1))) {
        throw metadata.damaged("has the merge \"" + merge + "\" of tokens that it does not have");
      }
      merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
  }
}
