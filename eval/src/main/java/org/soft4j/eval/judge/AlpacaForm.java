package org.soft4j.eval.judge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How AlpacaEval asks for a preference. */
public enum AlpacaForm {
  /** Version 1 (alpaca_eval_gpt4): the judge writes a ranking of the two models. */
  RANKING("alpaca_eval.txt", 0, 100, List.of()),
  /**
   * Version 2 (weighted_alpaca_eval_gpt4_turbo): the judge names one of two tokens, and their
   * probabilities are the preference.
   */
  WEIGHTED("alpaca_eval_clf.txt", 1, 1, List.of("m", "M"));

  private static final Pattern MESSAGE =
      Pattern.compile("<\\|im_start\\|>(\\w+)\n(.*?)<\\|im_end\\|>", Pattern.DOTALL);
  private static final Pattern FIELD = Pattern.compile("\\{(instruction|output_1|output_2)}");

  private final String resource;
  private final double temperature;
  private final int maxTokens;
  private final List<String> tokens;

  AlpacaForm(String resource, double temperature, int maxTokens, List<String> tokens) {
    this.resource = resource;
    this.temperature = temperature;
    this.maxTokens = maxTokens;
    this.tokens = tokens;
  }

  /** Of the judge. */
  public double temperature() {
    return temperature;
  }

  /** The call that shows two outputs in this order. */
  Call call(String about, String instruction, String first, String second) {
    Map<String, String> messages = messages();
    Map<String, String> fields =
        Map.of("instruction", instruction, "output_1", first, "output_2", second);
    String user =
        FIELD
            .matcher(messages.get("user"))
            .replaceAll(found -> Matcher.quoteReplacement(fields.get(found.group(1))));
    return new Call(
        resource, about, messages.get("system"), user, temperature, maxTokens, tokens, 0);
  }

  /** What a call of this form shows: instruction, first output, second output. */
  Optional<List<String>> shown(Call call) {
    String pattern =
        FIELD
            .splitAsStream(messages().get("user"))
            .map(Pattern::quote)
            .collect(Collectors.joining("(.*?)"));
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(call.user());
    return found.matches()
        ? Optional.of(List.of(found.group(1), found.group(2), found.group(3)))
        : Optional.empty();
  }

  /**
   * 2 - P(m) / (P(m) + P(M)); a token that is not told has probability 0. Source: alpaca_eval,
   * completion_parsers.py, logprob_parser.
   */
  static OptionalDouble weighted(Map<String, Double> logProbabilities) {
    double first = probability(logProbabilities, "m");
    double second = probability(logProbabilities, "M");
    return first + second > 0
        ? OptionalDouble.of(2 - first / (first + second))
        : OptionalDouble.empty();
  }

  private static double probability(Map<String, Double> logProbabilities, String token) {
    // The difference of both is what counts; exp alone could round both to 0.
    double top =
        Math.max(
            logProbabilities.getOrDefault("m", Double.NEGATIVE_INFINITY),
            logProbabilities.getOrDefault("M", Double.NEGATIVE_INFINITY));
    double own = logProbabilities.getOrDefault(token, Double.NEGATIVE_INFINITY);
    return top == Double.NEGATIVE_INFINITY ? 0 : Math.exp(own - top);
  }

  private Map<String, String> messages() {
    Map<String, String> messages = new LinkedHashMap<>();
    Matcher matcher = MESSAGE.matcher(template());
    while (matcher.find()) {
      messages.put(matcher.group(1), matcher.group(2).strip());
    }
    return messages;
  }

  private String template() {
    try (InputStream in = AlpacaForm.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
