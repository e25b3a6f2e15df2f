package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.soft4j.core.Json;
import org.soft4j.core.Sha256;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.lm.tokenizer.UserText;

/**
 * A chat template as a prompt template: demonstrations are earlier turns, the header is the system
 * message before them, and what follows an assistant's words ends the turn and is learned.
 *
 * <p>Without demonstrations the conversation is the prompt alone: what training and zero-shot
 * evaluation put before the response, with the system message that the template itself may have.
 */
public final class ChatTurns implements PromptTemplate {
  // The day that the templates of Llama 3 name where they are not told the date: contexts must not
  // depend on the day on which a run goes on.
  private static final LocalDate DAY = LocalDate.of(2024, Month.JULY, 26);

  // Words that stand for a turn's text while the template's own are found.
  private static final String ASKED = "soft4jasks";
  private static final String ANSWERED = "soft4janswers";
  private static final String ASKED_AGAIN = "soft4jasksagain";

  private final String name;
  private final ChatFormat format;
  private final boolean system;
  private final String lead;
  private final String end;
  private final List<String> stops;

  private ChatTurns(String name, ChatFormat format, Predicate<String> control) {
    this.name = name;
    this.format = format.on(DAY);
    String said = plain(this.format.said(List.of(user(ASKED), assistant(ANSWERED))));
    int at = said.lastIndexOf(ANSWERED);
    if (at < 0) {
      throw new UserError(
          "The chat template %s leaves out what the assistant says.".formatted(name),
          "Use another with --template, such as plain.");
    }
    lead = lead(plain(zeroShot(ASKED)), said.substring(0, at));
    end = ControlSpelling.first(said.substring(at + ANSWERED.length()), control);
    stops = end.isEmpty() ? next(control) : List.of(end);
    system = takesSystem();
  }

  /**
   * Takes a chat format as a template.
   *
   * @param name for settings and reports
   * @param control tells whether a spelling is one control token of the model
   * @throws UserError if it refuses a conversation of a user and an assistant
   */
  public static ChatTurns of(String name, ChatFormat format, Predicate<String> control) {
    return new ChatTurns(name, format, control);
  }

  /**
   * As above, for a model whose tokens are not known: control tokens are told by their spelling.
   */
  public static ChatTurns of(String name, ChatFormat format) {
    return of(name, format, ControlSpelling::known);
  }

  /** Blanks between the generation prompt and the assistant's words. */
  private static String lead(String open, String before) {
    String between = before.startsWith(open) ? before.substring(open.length()) : "";
    return between.isBlank() ? between : "";
  }

  /** A template without an end of turns ends an answer where the user's next turn begins. */
  private List<String> next(Predicate<String> control) {
    String two = plain(format.render(List.of(user(ASKED), assistant(ANSWERED), user(ASKED_AGAIN))));
    int from = two.lastIndexOf(ANSWERED) + ANSWERED.length();
    int to = two.indexOf(ASKED_AGAIN, from);
    String between = to < 0 ? "" : two.substring(from, to);
    String token = ControlSpelling.first(between, control);
    String text = token.isEmpty() ? between.stripTrailing() : token;
    return text.isBlank() ? List.of() : List.of(text);
  }

  /** Some templates refuse system messages, and others leave them out without a word. */
  private boolean takesSystem() {
    try {
      return plain(format.render(List.of(system(), user(ASKED))))
          .contains(ContextTemplate.PRINCIPLES);
    } catch (UserError refused) {
      return false;
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** The chat format itself, for conversations with words of one's own before them. */
  public ChatFormat format() {
    return format;
  }

  @Override
  public String context(List<Demonstration> demonstrations, String prompt) {
    return format.render(messages(demonstrations, prompt.strip()));
  }

  private List<ChatMessage> messages(List<Demonstration> demonstrations, String prompt) {
    List<ChatMessage> messages = new ArrayList<>();
    if (system && !demonstrations.isEmpty()) {
      messages.add(system());
    }
    String header = system ? "" : ContextTemplate.PRINCIPLES + "\n\n";
    for (Demonstration d : demonstrations) {
      boolean first = d == demonstrations.get(0);
      messages.add(user((first ? header : "") + d.prompt().strip()));
      messages.add(assistant(d.response().strip()));
    }
    messages.add(user(prompt));
    return messages;
  }

  @Override
  public String completion(String response) {
    return lead + UserText.mark(response.strip());
  }

  @Override
  public TrainingExample example(String prompt, String response) {
    return new TrainingExample(zeroShot(prompt), completion(response), stops);
  }

  @Override
  public String beforePrompt(List<Demonstration> demonstrations) {
    String whole = context(demonstrations, ASKED_AGAIN);
    int at = whole.lastIndexOf(ASKED_AGAIN);
    if (at < 0) {
      throw new UserError(
          "The chat template %s leaves out what the user says.".formatted(name),
          "Use another with --template, such as plain.");
    }
    return whole.substring(0, at);
  }

  @Override
  public List<String> stopStrings() {
    return stops;
  }

  @Override
  public List<String> controlTokens() {
    return ControlSpelling.in(plain(zeroShot(ASKED)) + " " + end);
  }

  /**
   * What run.json holds: enough to see what was trained on, and to tell another template from it.
   */
  @JsonValue
  Map<String, Object> record() {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("name", name);
    record.put("chat_template_sha256", Sha256.of(format.source()));
    record.put("header", ContextTemplate.PRINCIPLES);
    record.put("header_as", system ? "system message" : "begin of the first turn");
    record.put("trained_on", plain(zeroShot("{prompt}") + completion("{response}")) + end);
    record.put("stop_strings", stops);
    return record;
  }

  @Override
  public String toString() {
    return Json.line(record());
  }

  private static ChatMessage system() {
    return new ChatMessage("system", ContextTemplate.PRINCIPLES);
  }

  private static ChatMessage user(String text) {
    return new ChatMessage("user", text);
  }

  private static ChatMessage assistant(String text) {
    return new ChatMessage("assistant", text);
  }

  private static String plain(String text) {
    return UserText.unmarked(text);
  }
}
