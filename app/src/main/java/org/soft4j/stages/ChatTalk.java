package org.soft4j.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.tokenizer.ChatMessage;
import org.soft4j.settings.GenerationSettings;

/**
 * A conversation with a model. Every answer is given to the whole conversation so far; where that
 * leaves too little room for an answer, the oldest question is forgotten with its answer, again and
 * again.
 */
public final class ChatTalk {
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  /**
   * How much a model reads.
   *
   * @param positions of its window
   * @param counting the tokens of a context
   */
  public record Window(int positions, TokenCount counting) {}

  /** Counts the tokens of a text. */
  @FunctionalInterface
  public interface TokenCount {
    /** How many tokens the text has. */
    int of(String text);
  }

  /** What became of a question. */
  public enum End {
    /** The model came to its end. */
    WHOLE,
    /** The bound on new tokens was reached. */
    BOUND,
    /** The model's window was full. */
    WINDOW,
    /** The user stopped it. */
    STOPPED
  }

  /**
   * An answer.
   *
   * @param end why it ended
   * @param forgotten how many of the oldest questions were left out for it, from here on
   */
  public record Answer(End end, int forgotten) {}

  private final LanguageModel model;
  private final ChatForm form;
  private final Optional<Window> window;
  private final GenerationSettings settings;
  private final long seed;
  private final List<ChatMessage> turns = new ArrayList<>();
  private Optional<String> system = Optional.empty();
  private int asked;

  /**
   * A conversation in which nothing has been said.
   *
   * @param form how it is written
   * @param window of the model, where it is known
   * @param settings how tokens are drawn
   * @param seed answer i draws from a random stream of this seed and i alone
   */
  public ChatTalk(
      LanguageModel model,
      ChatForm form,
      Optional<Window> window,
      GenerationSettings settings,
      long seed) {
    this.model = model;
    this.form = form;
    this.window = window;
    this.settings = settings.stoppingBefore(form.stop());
    this.seed = seed;
  }

  /**
   * Says from now on what the model is to be; the conversation begins anew.
   *
   * @throws UserError if such words have no place in this conversation
   */
  public void system(Optional<String> words) {
    Optional<String> said = words.filter(text -> !text.isBlank());
    if (said.isPresent()) {
      form.requireSystem();
    }
    system = said;
    reset();
  }

  /** What the model is to be, where it was said. */
  public Optional<String> system() {
    return system;
  }

  /** Forgets all turns. */
  public void reset() {
    turns.clear();
  }

  /**
   * Asks and hears the answer piece by piece. An answer that is stopped stays in the conversation
   * as far as it was heard; a question that is refused does not.
   *
   * @throws UserError if the question alone fills the window, or the format refuses the turns
   */
  public Answer ask(String question, Consumer<String> sink, Cancellation cancel) {
    turns.add(new ChatMessage(USER, question));
    StringBuilder heard = new StringBuilder();
    Answer answer;
    try {
      int forgotten = forget();
      answer =
          new Answer(
              write(
                  piece -> {
                    String shown =
                        heard.isEmpty() && form.patterns() ? piece.stripLeading() : piece;
                    heard.append(shown);
                    sink.accept(shown);
                  },
                  cancel),
              forgotten);
    } catch (UserError refused) {
      turns.remove(turns.size() - 1);
      throw refused;
    }
    turns.add(new ChatMessage(ASSISTANT, heard.toString()));
    return answer;
  }

  private End write(Consumer<String> sink, Cancellation cancel) {
    GenerationRequest request =
        new GenerationRequest(
            context(),
            settings.sampling(),
            settings.maxNewTokens(),
            settings.stop(),
            TextJobs.seed(seed, asked++));
    try {
      Generation generation = model.stream(request, sink, cancel);
      if (generation.caveats().contains(Caveat.WINDOW_FULL)) {
        return End.WINDOW;
      }
      return generation.finish() == Generation.Finish.LENGTH ? End.BOUND : End.WHOLE;
    } catch (CancellationException stopped) {
      return End.STOPPED;
    }
  }

  /** Leaves out the oldest questions until the longest answer fits, but never the last one. */
  private int forget() {
    if (window.isEmpty()) {
      return 0;
    }
    int positions = window.get().positions();
    int room = Math.min(settings.maxNewTokens(), positions / 2);
    int forgotten = 0;
    int tokens = window.get().counting().of(context());
    while (tokens + room > positions && turns.size() > 1) {
      turns.subList(0, 2).clear();
      forgotten++;
      tokens = window.get().counting().of(context());
    }
    if (tokens >= positions) {
      throw new UserError(
          "The question alone has %s tokens with what stands around it, and the model reads %s."
              .formatted(tokens, positions),
          "Ask a shorter one.");
    }
    return forgotten;
  }

  private String context() {
    List<ChatMessage> all = new ArrayList<>();
    system.ifPresent(words -> all.add(new ChatMessage(SYSTEM, words)));
    all.addAll(turns);
    return form.format().render(all);
  }
}
