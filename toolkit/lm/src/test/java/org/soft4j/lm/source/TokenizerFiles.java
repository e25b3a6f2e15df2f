package org.soft4j.lm.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.soft4j.lm.gguf.GgufMetadata;
import org.soft4j.lm.gguf.GgufTokenizer;

/** Small tokenizer.json files: one for each way of cutting texts that models in use have. */
final class TokenizerFiles {
  private static final String GPT_2 =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 7, "content": "</s>", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": {"type": "NFC"},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "\\\\p{N}{1,3}|\\\\s+(?!\\\\S)|[^\\\\s]+"},
          "behavior": "Isolated", "invert": false},
         {"type": "Digits", "individual_digits": true},
         {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
          "use_regex": false}]},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "</s>", "type_id": 0}},
                    {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"</s>": {"id": "</s>", "ids": [7], "tokens": ["</s>"]}}},
       "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
         "use_regex": true},
       "model": {"type": "BPE", "dropout": null, "unk_token": null,
         "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
         "byte_fallback": false, "ignore_merges": false,
         "vocab": {"a": 0, "b": 1, "\u0120": 2, "ab": 3, "\u0120a": 4, "1": 5, "\u010a": 6},
         "merges": [["a", "b"], ["\u0120", "a"]]}}""";
  private static final String LLAMA_2 =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [
         {"id": 0, "content": "<unk>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true},
         {"id": 1, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false,
          "normalized": false, "special": true}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "Prepend", "prepend": "\u2581"},
         {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]},
       "pre_tokenizer": null,
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                    {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "},
         {"type": "ByteFallback"}, {"type": "Fuse"},
         {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>",
         "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": true,
         "byte_fallback": true, "ignore_merges": false,
         "vocab": {"<unk>": 0, "<s>": 1, "<0x0A>": 2, "<0xC3>": 3, "<0xA9>": 4, "\u2581": 5,
                   "a": 6, "b": 7, "ab": 8, "\u2581a": 9},
         "merges": ["a b", "\u2581 a"]}}""";
  private static final String UNIGRAM =
      """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "NFKC"}, {"type": "Lowercase"},
         {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always",
         "split": true},
       "post_processor": null,
       "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always",
         "split": true},
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
         "vocab": [["<unk>", 0.0], ["\u2581", -2.0], ["a", -3.0], ["b", -3.5], ["\u2581ab", -2.5]]}}""";
  private static final String WORDS =
      """
      {"version": "1.0", "truncation": null, "padding": null,
       "added_tokens": [{"id": 1, "content": "<s>", "single_word": false, "lstrip": false,
         "rstrip": false, "normalized": false, "special": true}],
       "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null,
       "decoder": {"type": "Fuse"},
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<unk>": 0, "<s>": 1, "a": 2, "ab": 3, "c": 4}}}""";

  private TokenizerFiles() {}

  static List<String> all() {
    return List.of(GPT_2, LLAMA_2, UNIGRAM, WORDS, new String(small(), StandardCharsets.UTF_8));
  }

  private static byte[] small() {
    return GgufTokenizer.json(new GgufMetadata(Path.of("small"), SmallGguf.metadata()));
  }
}
