package org.soft4j.lm.tokenizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Tokens that end an answer, known by their usual names.
 *
 * <p>Many chat models end a turn with a control token that their files do not call an end-of-text
 * token. llama.cpp tells them by their spelling (src/llama-vocab.cpp); this is its list of November
 * 2026, of which the names for filling in the middle end a file and not a turn.
 */
public final class EndTokens {
  private static final List<String> NAMES =
      List.of(
          "<|eot_id|>",
          "<|im_end|>",
          "<|end|>",
          "<end_of_turn>",
          "<|eom_id|>",
          "<EOT>",
          "_<EOT>",
          "[EOT]",
          "<turn|>",
          "<end_of_utterance>",
          "<|return|>",
          "<|call|>",
          "<|calls|>",
          "<|flush|>",
          "<|tool_response>",
          "[e~[",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<\uFF5Cend\u2581of\u2581sentence\uFF5C>",
          "</s>",
          "<eos>",
          "[EOS]",
          "<|fim_pad|>",
          "<fim-pad>",
          "<fim_pad>",
          "<PAD>",
          "[PAD]",
          "<|fim_repo|>",
          "<|repo_name|>",
          "<fim-repo>",
          "<REPO>",
          "<reponame>",
          "<|file_sep|>");

  private static final Set<String> SET = Set.copyOf(NAMES);

  private EndTokens() {}

  /** Whether a token of this spelling ends answers in some model. */
  public static boolean known(String token) {
    return SET.contains(token);
  }

  /** Whether a text holds the spelling of one. */
  public static boolean heldBy(String text) {
    return NAMES.stream().anyMatch(text::contains);
  }

  /**
   * Those that a vocabulary has: ids by name.
   *
   * @param id of a token that stands in texts as a control token, or -1
   */
  public static Map<String, Integer> in(ToIntFunction<String> id) {
    Map<String, Integer> found = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (id.applyAsInt(name) >= 0) {
        found.put(name, id.applyAsInt(name));
      }
    }
    // In OpenAI's and Upstage's formats this one ends a part of an answer, and the answer goes on.
    boolean parts = found.containsKey("<|call|>") && found.containsKey("<|return|>");
    if (parts || found.containsKey("<|calls|>") && found.containsKey("<|flush|>")) {
      found.remove("<|end|>");
    }
    if (found.containsKey("<|tool_response>")) {
      found.remove("</s>");
    }
    return found;
  }
}
