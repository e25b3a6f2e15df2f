package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * A prompt template of patterns; data, so that it can stand in a file.
 *
 * @param name for settings and reports
 * @param header stands first when there are demonstrations
 * @param zeroShotHeader stands first when there are none: in training and zero-shot evaluation
 * @param demonstration pattern with {prompt} and {response}, once per demonstration
 * @param prompt pattern with {prompt}; the response is generated right after it
 * @param completion pattern with {response}: what training learns after the zero-shot context; the
 *     model's stop token is appended by the training itself
 * @param stopStrings generation ends before these, besides the model's stop tokens
 * @param controlTokens spellings that a model must read as one token each; where a file does not
 *     say, those of its patterns that are spelled as control tokens are. Not written to run.json,
 *     since nothing of a run depends on them
 */
public record ContextTemplate(
    String name,
    String header,
    String zeroShotHeader,
    String demonstration,
    String prompt,
    String completion,
    List<String> stopStrings,
    @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) List<String> controlTokens)
    implements PromptTemplate {
  /** The micro world's turns: words set apart by spaces, tags as tokens. */
  public static final ContextTemplate MICRO =
      new ContextTemplate(
          "micro",
          "<bos>",
          "<bos>",
          " <q> {prompt} <a> {response} <e>",
          " <q> {prompt} <a>",
          " {response}",
          List.of(),
          List.of("<bos>", "<q>", "<a>", "<e>"));

  /** What answers should be like: said before demonstrations, and not learned. */
  static final String PRINCIPLES =
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

  private static final Map<String, ContextTemplate> BUILT_IN =
      Map.of("micro", MICRO, "chatml", CHATML, "plain", PLAIN, "dialogue", DIALOGUE);

  /** Names of the built-in templates. */
  public static final List<String> NAMES = List.of("plain", "chatml", "dialogue", "micro");

  /** Checks that every pattern is there and has its placeholders. */
  public ContextTemplate {
    name = there("name", name);
    header = there("header", header);
    zeroShotHeader = there("zero_shot_header", zeroShotHeader);
    demonstration = there("demonstration", demonstration);
    prompt = there("prompt", prompt);
    completion = there("completion", completion);
    stopStrings = stopStrings == null ? List.of() : List.copyOf(stopStrings);
    needs(name, "demonstration", demonstration, "{prompt}");
    needs(name, "demonstration", demonstration, "{response}");
    needs(name, "prompt", prompt, "{prompt}");
    needs(name, "completion", completion, "{response}");
    controlTokens =
        controlTokens == null
            ? ControlSpelling.in(
                String.join(" ", header, zeroShotHeader, demonstration, prompt, completion))
            : List.copyOf(controlTokens);
  }

  /** A template whose control tokens are told by their spelling. */
  public ContextTemplate(
      String name,
      String header,
      String zeroShotHeader,
      String demonstration,
      String prompt,
      String completion,
      List<String> stopStrings) {
    this(name, header, zeroShotHeader, demonstration, prompt, completion, stopStrings, null);
  }

  /** One of the built-in templates: plain, chatml, dialogue, micro. */
  public static ContextTemplate named(String name) {
    ContextTemplate found = BUILT_IN.get(name);
    if (found == null) {
      throw new UserError(
          "There is no template \"%s\".%s".formatted(name, DidYouMean.hint(name, NAMES)),
          "Use one of %s, or a template's file (.json or .jinja)."
              .formatted(String.join(", ", NAMES)));
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

  @Override
  public String context(List<Demonstration> demonstrations, String promptText) {
    StringBuilder text = new StringBuilder(demonstrations.isEmpty() ? zeroShotHeader : header);
    for (Demonstration d : demonstrations) {
      text.append(fill(demonstration, d.prompt(), d.response()));
    }
    return text.append(fill(prompt, promptText, "")).toString();
  }

  /** A conversation so far and what is asked now; it begins as training's contexts do. */
  public String conversation(List<Demonstration> before, String promptText) {
    StringBuilder text = new StringBuilder(zeroShotHeader);
    before.forEach(d -> text.append(fill(demonstration, d.prompt(), d.response())));
    return text.append(fill(prompt, promptText, "")).toString();
  }

  @Override
  public String completion(String response) {
    return fill(completion, "", response);
  }

  @Override
  public TrainingExample example(String promptText, String response) {
    int after = demonstration.indexOf("{response}") + "{response}".length();
    List<String> ends = new ArrayList<>(List.of(demonstration.substring(after)));
    ends.addAll(stopStrings);
    return new TrainingExample(zeroShot(promptText), completion(response), ends);
  }

  @Override
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

  private static String there(String part, String text) {
    if (text == null) {
      throw new UserError(
          "The template has no \"%s\".".formatted(part),
          "Give it, \"\" where nothing shall stand there; docs/templates.md has an example.");
    }
    return text;
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
