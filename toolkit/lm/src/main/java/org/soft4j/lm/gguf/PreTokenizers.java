package org.soft4j.lm.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.Sha256;

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

  /** DeepSeek's letters that have cases, as its tokenizer.json lists them. */
  private static final String DEEPSEEK_WORDS =
      "\\s?[A-Za-z\u00b5\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u01ba\u01bc-\u01bf\u01c4-"
          + "\u0293\u0295-\u02af\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-"
          + "\u038a\u038c\u038e-\u03a1\u03a3-\u03f5\u03f7-\u0481\u048a-\u052f\u0531-\u0556"
          + "\u10a0-\u10c5\u13a0-\u13f5\u13f8-\u13fd\u1c90-\u1cba\u1cbd-\u1cbf\u1d00-\u1d2b"
          + "\u1d6b-\u1d77\u1d79-\u1d9a\u1e00-\u1f15\u1f18-\u1f1d\u1f20-\u1f45\u1f48-\u1f4d"
          + "\u1f50-\u1f57\u1f59\u1f5b\u1f5d\u1f5f-\u1f7d\u1f80-\u1fb4\u1fb6-\u1fbc\u1fbe"
          + "\u1fc2-\u1fc4\u1fc6-\u1fcc\u1fd0-\u1fd3\u1fd6-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ff4"
          + "\u1ff6-\u1ffc\u2102\u2107\u210a-\u2113\u2115\u2119-\u211d\u2124\u2126\u2128"
          + "\u212a-\u212d\u212f-\u2134\u2139\u213c-\u213f\u2145-\u2149\u214e\u2183\u2184"
          + "\u2c00-\u2c7b\u2c7e-\u2ce4\u2ceb-\u2cee\u2cf2\u2cf3\ua640-\ua66d\ua680-\ua69b"
          + "\ua722-\ua76f\ua771-\ua787\ua78b-\ua78e\uab70-\uabbf\ufb00-\ufb06\ufb13-\ufb17"
          + "\uff21-\uff3a\uff41-\uff5a\ud801\udc00-\ud801\udc4f\ud801\udcb0-\ud801\udcd3"
          + "\ud801\udcd8-\ud801\udcfb\ud803\udc80-\ud803\udcb2\ud803\udcc0-\ud803\udcf2"
          + "\ud806\udca0-\ud806\udcdf\ud83a\udd00-\ud83a\udd43]+";

  private static final String DEEPSEEK_MARKS =
      "\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+";

  private static final String DEEPSEEK_EAST_ASIAN = "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+";

  private enum Kind {
    GPT_2,
    SINGLE_DIGITS,
    COMMAND_R,
    LLAMA_3,
    QWEN_2,
    TEKKEN,
    FALCON,
    DEEPSEEK_LLM,
    DEEPSEEK_CODER
  }

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("gpt2", Kind.GPT_2),
          Map.entry("gpt-2", Kind.GPT_2),
          Map.entry("smollm", Kind.SINGLE_DIGITS),
          Map.entry("starcoder", Kind.SINGLE_DIGITS),
          Map.entry("refact", Kind.SINGLE_DIGITS),
          Map.entry("command-r", Kind.COMMAND_R),
          Map.entry("falcon", Kind.FALCON),
          Map.entry("deepseek-llm", Kind.DEEPSEEK_LLM),
          Map.entry("deepseek-coder", Kind.DEEPSEEK_CODER),
          Map.entry("llama-bpe", Kind.LLAMA_3),
          Map.entry("llama3", Kind.LLAMA_3),
          Map.entry("llama-v3", Kind.LLAMA_3),
          Map.entry("qwen2", Kind.QWEN_2),
          Map.entry("deepseek-r1-qwen", Kind.QWEN_2),
          Map.entry("tekken", Kind.TEKKEN));

  /**
   * Names by the SHA-256 of a vocabulary's merges, one a line: those of the files that llama.cpp
   * tests itself with (models/ggml-vocab-*.gguf) and of SmolLM2.
   */
  private static final Map<String, String> BY_MERGES =
      Map.of(
          "04e3597d7996f292ca9b8b7285ca4d58a6ae171ac47d73fc7140ceb0c7a6bbc0", "gpt-2",
          "0cd100e0ab7dbd83c3b668a7cfb2aed1f63f2aec66dae6ec4b63de2c552bb82d", "llama-bpe",
          "bbeef245f0b03a9613753068e5799c2496290005594c68f09eed68feedbe6d1f", "qwen2",
          "aea6ed50becdb3beed814d2fde2dea2e655d1039addf269d74a4708ce2ed4d63", "smollm",
          "8715d8d6d92d1b0c267157f82cff55e0bfd0983ea256b42b7a16fc82873a2b67", "starcoder",
          "da302fc35c8c328471559ef6cba43496da6a050d2b7575ea633888611b2d0ac8", "refact",
          "1101bfa1f9e8faaa15ffbdd1ae5de6a48b1f1ec10e97795cb0d946ba34008cae", "command-r",
          "26a620e10c7991c8451a09d21f8313932eff101916c64a874c738ccd6b88736d", "falcon",
          "cb5bed793622288a0e1b699c5c4edad6ab40c361a3f52d3c645ae3f9806388e3", "deepseek-llm",
          "3c86e94c54c92cfe01551f9be25d55b07d2aed8826a04b4036b7a0adc9af6324", "deepseek-coder");

  private static final String STEPS = "pretokenizers";

  /** One name for each way to cut. */
  private static final List<String> USUAL =
      List.of(
          "gpt-2",
          "smollm",
          "command-r",
          "falcon",
          "deepseek-llm",
          "deepseek-coder",
          "llama-bpe",
          "qwen2",
          "tekken");

  private PreTokenizers() {}

  /** The name of a known vocabulary, where a file gives none. */
  static Optional<String> named(List<String> merges) {
    return Optional.ofNullable(BY_MERGES.get(Sha256.of(String.join("\n", merges))));
  }

  /**
   * The name under which GGUF files know what a tokenizer.json does to a text before byte-pair
   * merging, if there is one.
   */
  static Optional<String> named(JsonNode tokenizer, List<String> merges) {
    Optional<String> known = named(merges);
    return Stream.concat(known.stream(), USUAL.stream())
        .filter(n -> does(n, tokenizer))
        .findFirst();
  }

  private static boolean does(String name, JsonNode tokenizer) {
    return plain(tokenizer.path("pre_tokenizer")).equals(plain(json(name).orElseThrow()))
        && plain(tokenizer.path("normalizer")).equals(plain(normalizer(name)))
        && tokenizer.path("model").path("ignore_merges").asBoolean(false) == wholeWordsWin(name);
  }

  /** A step without what has no effect on the tokens, and with what is usual written out. */
  private static String plain(JsonNode step) {
    String type = step.path("type").asText("none");
    return switch (type) {
      case "Sequence" -> {
        List<String> steps = new ArrayList<>();
        JsonNode inside = step.has("normalizers") ? step.path("normalizers") : step.path(STEPS);
        inside.forEach(one -> steps.add(plain(one)));
        yield steps.size() == 1 ? steps.get(0) : steps.toString();
      }
      case "ByteLevel" ->
          "ByteLevel %s %s"
              .formatted(
                  step.path("add_prefix_space").asBoolean(true),
                  step.path("use_regex").asBoolean(true));
      case "Split" ->
          "Split %s %s %s"
              .formatted(
                  step.path("pattern"),
                  step.path("behavior").asText(),
                  step.path("invert").asBoolean(false));
      default -> step.isObject() ? step.toString() : "none";
    };
  }

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

  /** What is done to a text before it is cut: Qwen and Cohere compose letters and accents. */
  static JsonNode normalizer(String name) {
    Kind kind = KINDS.get(name);
    return kind == Kind.QWEN_2 || kind == Kind.COMMAND_R ? object("NFC") : NullNode.instance;
  }

  /** The pre_tokenizer object of a tokenizer.json, if the name is known. */
  static Optional<ObjectNode> json(String name) {
    return Optional.ofNullable(KINDS.get(name)).map(PreTokenizers::json);
  }

  private static ObjectNode json(Kind kind) {
    return switch (kind) {
      case GPT_2 -> byteLevel(true);
      case SINGLE_DIGITS, COMMAND_R -> sequence(digits(true), byteLevel(true));
      case FALCON ->
          sequence(
              object("Punctuation").put("behavior", "Contiguous"),
              byteLevel(true),
              digits(false),
              split("[0-9][0-9][0-9]"));
      case DEEPSEEK_LLM ->
          sequence(
              split("[\\r\\n]"),
              split(DEEPSEEK_WORDS),
              split(DEEPSEEK_MARKS),
              split("\\s+$"),
              split(DEEPSEEK_EAST_ASIAN),
              digits(true),
              byteLevel(false));
      case DEEPSEEK_CODER ->
          sequence(
              split("[\\r\\n]"),
              split("\\s?\\p{L}+"),
              split("\\s?\\p{P}+"),
              split(DEEPSEEK_EAST_ASIAN),
              digits(true),
              byteLevel(false));
      case LLAMA_3 -> sequence(split(LLAMA_3_SPLIT), byteLevel(false));
      case QWEN_2 -> sequence(split(QWEN_2_SPLIT), byteLevel(false));
      case TEKKEN -> sequence(split(TEKKEN_SPLIT), byteLevel(false));
    };
  }

  private static ObjectNode sequence(ObjectNode... steps) {
    ObjectNode sequence = object("Sequence");
    sequence.putArray(STEPS).addAll(List.of(steps));
    return sequence;
  }

  private static ObjectNode digits(boolean single) {
    return object("Digits").put("individual_digits", single);
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
