package org.soft4j.eval.judge;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.JsonLines;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;

/**
 * FastChat's judge prompts, read from the user's copy of judge_prompts.jsonl and checked against
 * the digests of the published ones: another wording is another judge.
 *
 * @param byName the eight prompts
 */
public record FastChatPrompts(Map<String, Prompt> byName) {
  private static final int DIGITS = 12;
  // First digits of sha256(system message), sha256(template); FastChat commit 0e6d3e4.
  private static final Map<String, String> DIGESTS =
      Map.of(
          "pair-v2", "8d6df8feee26,22f93e573bf9",
          "pair-v2-multi-turn", "af4a7431af51,a962ad885e77",
          "pair-math-v1", "0f6f71b71c14,16f835dc77de",
          "pair-math-v1-multi-turn", "79adeb31a7f5,4bf6dac2bb05",
          "single-v1", "75357d685f23,0935c7ff79f3",
          "single-math-v1", "75357d685f23,8e11dbbf609a",
          "single-v1-multi-turn", "d1e77aa107f0,33067cf18206",
          "single-math-v1-multi-turn", "4b8fe8086dbd,6a2b8ad2961c");

  public FastChatPrompts {
    byName = Map.copyOf(byName);
  }

  /**
   * Instructions with places for what is judged.
   *
   * @param name such as {@code pair-v2}
   * @param system system message
   * @param template user message, with fields in braces as Python's str.format reads them
   */
  public record Prompt(String name, String system, String template) {
    private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{(\\w+)}");

    /** Fills the fields in one pass, so that braces in an answer stay what they are. */
    String fill(Map<String, String> fields) {
      return FIELD
          .matcher(template)
          .replaceAll(found -> Matcher.quoteReplacement(part(found.group(), fields)));
    }

    private String part(String found, Map<String, String> fields) {
      if (found.equals("{{") || found.equals("}}")) {
        return found.substring(1);
      }
      String field = found.substring(1, found.length() - 1);
      if (!fields.containsKey(field)) {
        throw new UserError(
            "The judge prompt %s asks for {%s}, which is not known.".formatted(name, field),
            "Fetch FastChat's judge_prompts.jsonl again.");
      }
      return fields.get(field);
    }

    private static Prompt of(JsonLines.Line line) {
      var row = line.object();
      String name = row.path("name").asText();
      Prompt prompt =
          new Prompt(
              name, row.path("system_prompt").asText(), row.path("prompt_template").asText());
      String expected = DIGESTS.getOrDefault(name, prompt.digests());
      if (!expected.equals(prompt.digests())) {
        throw line.fault(
            "%s has the digests %s, and %s were expected."
                .formatted(name, prompt.digests(), expected),
            "Fetch judge_prompts.jsonl of FastChat again; judgements under other words would not"
                + " compare.");
      }
      return prompt;
    }

    private String digests() {
      return Sha256.of(system).substring(0, DIGITS)
          + ","
          + Sha256.of(template).substring(0, DIGITS);
    }
  }

  /** Reads and checks a judge_prompts.jsonl. */
  public static FastChatPrompts read(Path file) {
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    JsonLines.read(
        file,
        line -> {
          Prompt prompt = Prompt.of(line);
          prompts.put(prompt.name(), prompt);
        });
    for (String name : DIGESTS.keySet().stream().sorted().toList()) {
      if (!prompts.containsKey(name)) {
        throw new UserError(
            "%s lacks the prompt %s; it has %s.".formatted(file, name, prompts.keySet()),
            "Fetch judge_prompts.jsonl of FastChat again.");
      }
    }
    return new FastChatPrompts(prompts);
  }

  /**
   * The prompt for an answer.
   *
   * @param pair whether two answers are compared
   * @param reference whether a reference answer is shown
   * @param turn 1 or 2
   */
  Prompt of(boolean pair, boolean reference, int turn) {
    String kind = reference ? "-math-v1" : pair ? "-v2" : "-v1";
    return byName.get((pair ? "pair" : "single") + kind + (turn == 2 ? "-multi-turn" : ""));
  }
}
