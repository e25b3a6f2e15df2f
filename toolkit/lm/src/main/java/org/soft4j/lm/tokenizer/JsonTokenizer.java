package org.soft4j.lm.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.soft4j.core.InputFile;
import org.soft4j.core.LibraryLogs;
import org.soft4j.core.UserError;

/**
 * A tokenizer described by a tokenizer.json, run by the Hugging Face tokenizers library.
 *
 * <p>Truncation and padding are switched off: the library's Java layer would otherwise cut every
 * text to 512 tokens. tokenizer_config.json is not consulted, since it can turn on the clean-up of
 * spaces. The library parses control tokens wherever they are written; a text in which a user
 * spells one is therefore encoded by a second instance, whose control tokens have secret spellings.
 */
public final class JsonTokenizer implements Tokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

  /** Bytes of a tokenizer.json; the largest in use have 35 million. */
  public static final long MOST_BYTES = 256L << 20;

  /** Keeps the steps of a match below the limit at which the library ends the process. */
  private static final int MOST_LETTERS = 9_999_999 / CutPattern.MOST_COST;

  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerJson json;
  private final ControlTokens control;
  private final Set<Integer> controlIds;
  private final int largestId;
  private final String origin;
  private Optional<HuggingFaceTokenizer> guarded = Optional.empty();

  private JsonTokenizer(HuggingFaceTokenizer tokenizer, TokenizerJson json, String origin) {
    this.tokenizer = tokenizer;
    this.origin = origin;
    this.json = json;
    this.control = new ControlTokens(json.control());
    this.controlIds = Set.copyOf(json.control().values());
    this.largestId = json.ids().values().stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** Opens a tokenizer.json file. */
  public static JsonTokenizer open(Path file) {
    try {
      return parse(InputFile.bytes(file, MOST_BYTES), file.toString());
    } catch (IOException e) {
      throw new UserError(
          "Cannot read the tokenizer " + file + ".", "Put the model's tokenizer.json there.", e);
    }
  }

  /**
   * Opens a tokenizer from the bytes of a tokenizer.json.
   *
   * @param origin for the message, should they not be sound
   */
  public static JsonTokenizer parse(byte[] json, String origin) {
    try {
      TokenizerJson read = TokenizerJson.of(json);
      return new JsonTokenizer(load(json), read, origin);
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "%s: not a tokenizer that can be used: %s".formatted(origin, e.getMessage()),
          "Fetch or copy the model's tokenizer.json again.",
          e);
    }
  }

  @Override
  public int[] encode(String text) {
    int[] ids = orRefused(() -> encode(text, true));
    return Arrays.copyOf(ids, ids.length - json.appended().length);
  }

  @Override
  public int[] appended() {
    return json.appended().clone();
  }

  @Override
  public int[] encodePlain(String text) {
    return orRefused(() -> encode(text, false));
  }

  private int[] encode(String text, boolean adding) {
    if (text.length() > MOST_LETTERS) {
      throw new UserError(
          "A text of " + text.length() + " letters is too long to be encoded at once.",
          "Cut it into texts of at most " + MOST_LETTERS + " letters.");
    }
    if (!json.growth().encodes(text)) {
      throw new UserError(
          "%s may lengthen a text %s-fold: one of %s letters would take more than %s bytes."
              .formatted(
                  origin,
                  Math.round(json.growth().encoding()),
                  text.length(),
                  TextGrowth.MOST_GROWN),
          "Cut the text, or use the model's own tokenizer.json.");
    }
    if (!control.spelledByUser(text)) {
      return toInts(tokenizer.encode(UserText.unmarked(text), adding, false).getIds());
    }
    String secret =
        control.split(text).stream()
            .map(p -> p.control() ? TokenizerJson.secret(control.id(p.text())) : p.text())
            .collect(Collectors.joining());
    return toInts(guarded().encode(secret, adding, false).getIds());
  }

  /** Made when it is first needed, since it takes as much memory as the other. */
  private synchronized HuggingFaceTokenizer guarded() {
    if (guarded.isEmpty()) {
      try {
        guarded = Optional.of(load(json.withSecretSpellings()));
      } catch (IOException e) {
        throw new IllegalStateException("is in memory", e);
      }
    }
    return guarded.get();
  }

  @Override
  public String decode(int[] ids) {
    return orRefused(() -> tokenizer.decode(bounded(ids), true));
  }

  @Override
  public String decodeWithSpecial(int[] ids) {
    return orRefused(() -> tokenizer.decode(bounded(ids), false));
  }

  @Override
  public String decodeAfter(int[] context, int[] ids) {
    int last = context.length - 1;
    if (json.beginsOnce() && last >= 0 && controlIds.contains(context[last])) {
      // Nothing is put before a word here, so that its space is a true one.
      int[] special = {context[last]};
      int[] kept = Arrays.stream(ids).filter(id -> !controlIds.contains(id)).toArray();
      return Continuation.added(
          decodeWithSpecial(special), decodeWithSpecial(Continuation.join(special, kept)));
    }
    return Tokenizer.super.decodeAfter(context, ids);
  }

  @Override
  public String marked(String text) {
    return control.marked(text);
  }

  @Override
  public boolean special(int id) {
    return controlIds.contains(id);
  }

  @Override
  public int id(String token) {
    return json.ids().getOrDefault(token, -1);
  }

  @Override
  public int largestId() {
    return largestId;
  }

  @Override
  public synchronized void close() {
    tokenizer.close();
    guarded.ifPresent(HuggingFaceTokenizer::close);
  }

  /** The library refuses a text where a file, sound by itself, has no token for it. */
  private <T> T orRefused(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UserError(
          "The tokenizer %s cannot be used on this text: %s".formatted(origin, e.getMessage()),
          "Fetch or copy the model's tokenizer.json again.",
          e);
    }
  }

  private static HuggingFaceTokenizer load(byte[] json) throws IOException {
    LibraryLogs.quietWithoutProvider();
    return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private long[] bounded(int[] values) {
    if (!json.growth().decodes(values.length)) {
      throw new UserError(
          "%s has tokens of up to %s letters: %s of them may take too much memory."
              .formatted(origin, json.growth().longestToken(), values.length),
          "Decode fewer tokens at once, or use the model's own tokenizer.json.");
    }
    return Arrays.stream(values).asLongStream().toArray();
  }
}
