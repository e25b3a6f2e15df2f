package org.soft4j.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.tokenizer.UserText;

/**
 * How header, demonstrations and prompt become the text a model sees; data, so that it can stand in
 * a file.
 *
 * @param name for settings and reports
 * @param header stands first when there are demonstrations
 * @param zeroShotHeader stands first when there are none: in training and zero-shot evaluation
 * @param demonstration pattern with {prompt} and {response}, once per demonstration
 * @param prompt pattern with {prompt}; the response is generated right after it
 * @param completion pattern with {response}: what training learns after the zero-shot context; the
 *     model's stop token is appended by the training itself
 * @param stopStrings generation ends before these, besides the model's stop tokens
 */
public record ContextTemplate(
    String name,
    String header,
    String zeroShotHeader,
    String demonstration,
    String prompt,
    String completion,
    List<String> stopStrings) {
  /** The micro world's turns: words set apart by spaces, tags as tokens. */
  public static final ContextTemplate MICRO =
      new ContextTemplate(
          "micro",
          "<bos>",
          "<bos>",
          " <q> {prompt} <a> {response} <e>",
          " <q> {prompt} <a>",
          " {response}",
          List.of());

  private static final String PRINCIPLES =
      "Answer the user's request directly and truthfully. Say so when something is not known, correct"
          + " a false assumption, and decline politely what would harm someone.";

  /** ChatML turns, as in SmolLM2 and Qwen. */
  public static final ContextTemplate CHATML =
      new ContextTemplate(
          "chatml",
          "<|im_start|>system\n" + PRINCIPLES + "<|im_end|>\n",
          "",
          "<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n{response}<|im_end|>\n",
          "<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n",
          "{response}",
          List.of("<|im_end|>"));

  /** Plain text for models without a chat format. */
  public static final ContextTemplate PLAIN =
      new ContextTemplate(
          "plain",
          PRINCIPLES + "\n\n",
          "",
          "User: {prompt}\nAssistant: {response}\n\n",
          "User: {prompt}\nAssistant:",
          " {response}",
          List.of("\nUser:"));

  /** Turns as HHH was written in, for evaluations of models without a chat template. */
  public static final ContextTemplate DIALOGUE =
      new ContextTemplate(
          "dialogue",
          "",
          "",
          "\n\nHuman: {prompt}\n\nAssistant: {response}",
          "\n\nHuman: {prompt}\n\nAssistant:",
          " {response}",
          List.of("\n\nHuman:"));

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(prompt|response)\\}");

  /** Checks that every pattern has its placeholders. */
  public ContextTemplate {
    stopStrings = List.copyOf(stopStrings);
    needs(name, "demonstration", demonstration, "{prompt}");
    needs(name, "demonstration", demonstration, "{response}");
    needs(name, "prompt", prompt, "{prompt}");
    needs(name, "completion", completion, "{response}");
  }

  /** One of the built-in templates: micro, chatml, plain. */
  public static ContextTemplate named(String name) {
    Map<String, ContextTemplate> known = Map.of("micro", MICRO, "chatml", CHATML, "plain", PLAIN);
    ContextTemplate found = known.get(name);
    if (found == null) {
      throw new UserError(
          "There is no template \"" + name + "\"." + DidYouMean.hint(name, known.keySet()),
          "Use micro, chatml or plain, or give a template as a JSON file.");
    }
    return found;
  }

  /** Reads a template from JSON; the keys are this record's, in snake_case. */
  public static ContextTemplate fromJson(String json, String fileName) {
    return Json.read(json, ContextTemplate.class, fileName);
  }

  /** As JSON. */
  public String toJson() {
    return Json.pretty(this);
  }

  /**
   * The whole context: header, demonstrations, prompt; without demonstrations the zero-shot one.
   * Prompts and responses are marked as {@link UserText}.
   */
  public String context(List<Demonstration> demonstrations, String promptText) {
    StringBuilder text = new StringBuilder(demonstrations.isEmpty() ? zeroShotHeader : header);
    for (Demonstration d : demonstrations) {
      text.append(fill(demonstration, d.prompt(), d.response()));
    }
    return text.append(fill(prompt, promptText, "")).toString();
  }

  /** The context without demonstrations: what training puts before the completion. */
  public String zeroShot(String promptText) {
    return context(List.of(), promptText);
  }

  /** What training learns for a response. */
  public String completion(String response) {
    return fill(completion, "", response);
  }

  /** What training learns for a response, and what ends it. */
  public TrainingExample example(String promptText, String response) {
    int after = demonstration.indexOf("{response}") + "{response}".length();
    List<String> ends = new ArrayList<>(List.of(demonstration.substring(after)));
    ends.addAll(stopStrings);
    return new TrainingExample(zeroShot(promptText), completion(response), ends);
  }

  /** The context up to the place where the prompt's own text stands, to score that text. */
  public String beforePrompt(List<Demonstration> demonstrations) {
    String whole = context(demonstrations, "");
    return whole.substring(0, whole.length() - fill(prompt, "", "").length())
        + prompt.substring(0, prompt.indexOf("{prompt}"));
  }

  // One pass, so that a prompt which itself contains "{response}" stays as it is; marked, so that
  // no prompt and no response ends its own turn.
  private static String fill(String pattern, String promptText, String response) {
    return PLACEHOLDER
        .matcher(pattern)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    UserText.mark((m.group(1).equals("prompt") ? promptText : response).strip())));
  }

  private static void needs(String name, String part, String pattern, String placeholder) {
    if (!pattern.contains(placeholder)) {
      throw new UserError(
          "The "
              + part
              + " pattern of template \""
              + name
              + "\" lacks "
              + placeholder
              + ": "
              + pattern,
          "Write " + placeholder + " where that text shall stand.");
    }
  }
}
