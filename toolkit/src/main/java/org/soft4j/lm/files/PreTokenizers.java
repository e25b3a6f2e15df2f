package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * How a text is cut before byte-level BPE, by the name that a GGUF file gives it (key
 * tokenizer.ggml.pre), as tokenizer.json describes it.
 */
final class PreTokenizers {
  private static final String LLAMA_3_SPLIT =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String QWEN_2_SPLIT = LLAMA_3_SPLIT.replace("\\p{N}{1,3}", "\\p{N}");

  private static final String TEKKEN_SPLIT =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
          + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private enum Kind {
    GPT_2,
    SINGLE_DIGITS,
    LLAMA_3,
    QWEN_2,
    TEKKEN
  }

  /** Files before April 2024 have no name at all; "default" stands for it. */
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("default", Kind.GPT_2),
          Map.entry("gpt2", Kind.GPT_2),
          Map.entry("gpt-2", Kind.GPT_2),
          Map.entry("smollm", Kind.SINGLE_DIGITS),
          Map.entry("llama-bpe", Kind.LLAMA_3),
          Map.entry("llama3", Kind.LLAMA_3),
          Map.entry("llama-v3", Kind.LLAMA_3),
          Map.entry("qwen2", Kind.QWEN_2),
          Map.entry("deepseek-r1-qwen", Kind.QWEN_2),
          Map.entry("tekken", Kind.TEKKEN));

  private PreTokenizers() {}

  static String supported() {
    return String.join(", ", KINDS.keySet().stream().sorted().toList());
  }

  /** Whether a word that the vocabulary holds whole is one token, whatever the merges say. */
  static boolean wholeWordsWin(String name) {
    return KINDS.get(name) == Kind.LLAMA_3 || KINDS.get(name) == Kind.TEKKEN;
  }

  /** Whether a text begins with the begin token where the file does not say. */
  static boolean beginsText(String name) {
    return wholeWordsWin(name);
  }

  /** What is done to a text before it is cut: Qwen composes letters and accents. */
  static JsonNode normalizer(String name) {
    return KINDS.get(name) == Kind.QWEN_2 ? object("NFC") : NullNode.instance;
  }

  /** The pre_tokenizer object of a tokenizer.json, if the name is known. */
  static Optional<ObjectNode> json(String name) {
    return Optional.ofNullable(KINDS.get(name)).map(PreTokenizers::json);
  }

  private static ObjectNode json(Kind kind) {
    return switch (kind) {
      case GPT_2 -> byteLevel(true);
      case SINGLE_DIGITS ->
          sequence(object("Digits").put("individual_digits", true), byteLevel(true));
      case LLAMA_3 -> sequence(split(LLAMA_3_SPLIT), byteLevel(false));
      case QWEN_2 -> sequence(split(QWEN_2_SPLIT), byteLevel(false));
      case TEKKEN -> sequence(split(TEKKEN_SPLIT), byteLevel(false));
    };
  }

  private static ObjectNode sequence(ObjectNode first, ObjectNode second) {
    ObjectNode sequence = object("Sequence");
    sequence.putArray("pretokenizers").add(first).add(second);
    return sequence;
  }

  private static ObjectNode split(String pattern) {
    ObjectNode split = object("Split").put("behavior", "Isolated").put("invert", false);
    split.putObject("pattern").put("Regex", pattern);
    return split;
  }

  /**
   * The step that spells bytes as letters, with GPT-2's own cut into words before it or without.
   */
  static ObjectNode byteLevel(boolean cutIntoWords) {
    return object("ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", cutIntoWords);
  }

  private static ObjectNode object(String type) {
    return JsonMapper.builder().build().createObjectNode().put("type", type);
  }
}
