package org.soft4j.lm.files;

import com.fasterxml.jackson.databind.json.JsonMapper;
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

  private enum Kind {
    GPT_2,
    SINGLE_DIGITS,
    LLAMA_3
  }

  /** Files before April 2024 have no name at all; "default" stands for it. */
  private static final Map<String, Kind> KINDS =
      Map.of(
          "default", Kind.GPT_2,
          "gpt2", Kind.GPT_2,
          "gpt-2", Kind.GPT_2,
          "smollm", Kind.SINGLE_DIGITS,
          "llama-bpe", Kind.LLAMA_3,
          "llama3", Kind.LLAMA_3,
          "llama-v3", Kind.LLAMA_3);

  private PreTokenizers() {}

  static String supported() {
    return String.join(", ", KINDS.keySet().stream().sorted().toList());
  }

  /**
   * Whether Llama 3's rules hold: whole words of the vocabulary win, and a text begins with BOS.
   */
  static boolean isLlama3(String name) {
    return KINDS.get(name) == Kind.LLAMA_3;
  }

  /** The pre_tokenizer object of a tokenizer.json, if the name is known. */
  static Optional<ObjectNode> json(String name) {
    return Optional.ofNullable(KINDS.get(name)).map(PreTokenizers::json);
  }

  private static ObjectNode json(Kind kind) {
    if (kind == Kind.GPT_2) {
      return byteLevel(true);
    }
    ObjectNode sequence = object("Sequence");
    var steps = sequence.putArray("pretokenizers");
    if (kind == Kind.SINGLE_DIGITS) {
      steps.add(object("Digits").put("individual_digits", true)).add(byteLevel(true));
    } else {
      ObjectNode split = object("Split").put("behavior", "Isolated").put("invert", false);
      split.putObject("pattern").put("Regex", LLAMA_3_SPLIT);
      steps.add(split).add(byteLevel(false));
    }
    return sequence;
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
