package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.ChatTurns;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.lm.tokenizer.ChatFormat;

/**
 * The prompt template for a model, and why it is this one: what is asked for, else the model's own.
 *
 * @param template how contexts are written
 * @param why in words
 */
public record ChosenTemplate(PromptTemplate template, String why) {
  /** The model's own: its chat template, the turns of a micro model, else plain. */
  public static final String AUTO = "auto";

  private static final String CHAT = "chat";
  private static final String JINJA = ".jinja";
  private static final String JSON = ".json";

  /**
   * Chooses.
   *
   * @param asked auto, chat, the name of a built-in template, or a file (.json or .jinja)
   * @param model what its files say
   * @throws UserError for an unknown name, a file that is no template, and control tokens that the
   *     model's tokenizer does not have
   */
  public static ChosenTemplate of(String asked, PromptFacts model) {
    if (asked.equals(AUTO)) {
      return own(model);
    }
    if (asked.equals(CHAT)) {
      return chat(
          model,
          model
              .chat()
              .orElseThrow(
                  () ->
                      new UserError(
                          "%s has no chat template.".formatted(model.model()),
                          "Name another with --template, such as plain, or a file.")));
    }
    PromptTemplate template = named(asked, model);
    refuseLacking(template, model);
    return new ChosenTemplate(template, "as asked for");
  }

  /** A line for the beginning of a command's words. */
  public String line() {
    return "prompt template: " + words();
  }

  /** Its name, why it is this one, and what ends a turn. */
  String words() {
    return "%s, %s%s".formatted(template.name(), why, ends());
  }

  private String ends() {
    return template.stopStrings().isEmpty()
        ? ""
        : "; a turn ends before %s"
            .formatted(String.join(", ", template.stopStrings()).replace("\n", "\\n").strip());
  }

  private static ChosenTemplate own(PromptFacts model) {
    Optional<ChatFormat> chat = model.chat();
    if (chat.isPresent()) {
      try {
        return chat(model, chat.get());
      } catch (UserError unusable) {
        return new ChosenTemplate(
            ContextTemplate.PLAIN,
            "since the model's chat template cannot be used: " + unusable.getMessage());
      }
    }
    return lacking(ContextTemplate.MICRO, model).isEmpty()
        ? new ChosenTemplate(ContextTemplate.MICRO, "the turns of micro models, as this one is")
        : new ChosenTemplate(ContextTemplate.PLAIN, "since the model has no chat template");
  }

  private static ChosenTemplate chat(PromptFacts model, ChatFormat format) {
    PromptTemplate template = turns(CHAT, format, model);
    List<String> plain = model.tokensKnown() ? lacking(template, model) : List.of();
    String caution =
        plain.isEmpty()
            ? ""
            : " (its tokenizer reads %s as plain text)".formatted(String.join(", ", plain));
    return new ChosenTemplate(template, "the model's own chat template" + caution);
  }

  private static PromptTemplate turns(String name, ChatFormat format, PromptFacts model) {
    return model.tokensKnown()
        ? ChatTurns.of(name, format, model::control)
        : ChatTurns.of(name, format);
  }

  private static PromptTemplate named(String asked, PromptFacts model) {
    if (asked.endsWith(JSON)) {
      return ContextTemplate.fromJson(WholeFile.read(Path.of(asked)), asked);
    }
    if (asked.endsWith(JINJA)) {
      String name = String.valueOf(Path.of(asked).getFileName());
      return turns(name, model.format(name, WholeFile.read(Path.of(asked))), model);
    }
    if (Files.exists(Path.of(asked))) {
      throw new UserError(
          "The template file %s is neither .json nor .jinja.".formatted(asked),
          "Name a file of patterns (.json) or a chat template (.jinja); docs/templates.md has their"
              + " formats.");
    }
    List<String> known = new ArrayList<>(List.of(AUTO, CHAT));
    known.addAll(ContextTemplate.NAMES);
    if (!known.contains(asked)) {
      throw new UserError(
          "There is no template \"%s\".%s".formatted(asked, DidYouMean.hint(asked, known)),
          "Use one of %s, or a template's file (.json or .jinja)."
              .formatted(String.join(", ", known)));
    }
    return ContextTemplate.named(asked);
  }

  private static List<String> lacking(PromptTemplate template, PromptFacts model) {
    return template.controlTokens().stream().filter(token -> !model.control(token)).toList();
  }

  private static void refuseLacking(PromptTemplate template, PromptFacts model) {
    List<String> lacking = model.tokensKnown() ? lacking(template, model) : List.of();
    if (!lacking.isEmpty()) {
      throw new UserError(
          "The template %s is not for %s, whose tokenizer does not read %s as one token."
              .formatted(template.name(), model.model(), String.join(", ", lacking)),
          "Leave --template out for the model's own, or use plain. Where these are meant as plain"
              + " text, say so in a template's file: \"control_tokens\": [].");
    }
  }
}
