package org.soft4j.lm.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.soft4j.error.UserError;

/**
 * A tokenizer described by a tokenizer.json, run by the Hugging Face tokenizers library.
 *
 * <p>Truncation and padding are switched off: the library's Java layer would otherwise cut every
 * text to 512 tokens. tokenizer_config.json is not consulted, since it can turn on the clean-up of
 * spaces.
 */
public final class JsonTokenizer implements Tokenizer {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

  private final HuggingFaceTokenizer tokenizer;
  private final Map<String, Integer> ids;
  private final int largestId;
  private final String origin;

  private JsonTokenizer(HuggingFaceTokenizer tokenizer, Map<String, Integer> ids, String origin) {
    this.tokenizer = tokenizer;
    this.origin = origin;
    this.ids = ids;
    this.largestId = ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** Opens a tokenizer.json file. */
  public static JsonTokenizer open(Path file) {
    try {
      return parse(Files.readAllBytes(file), file.toString());
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
      Map<String, Integer> ids = ids(JsonMapper.builder().build().readTree(json));
      return new JsonTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS), ids, origin);
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "%s: not a tokenizer that can be used: %s".formatted(origin, e.getMessage()),
          "Fetch or copy the model's tokenizer.json again.",
          e);
    }
  }

  @Override
  public int[] encode(String text) {
    return guarded(() -> toInts(tokenizer.encode(text, true, false).getIds()));
  }

  @Override
  public int[] encodePlain(String text) {
    return guarded(() -> toInts(tokenizer.encode(text, false, false).getIds()));
  }

  @Override
  public String decode(int[] ids) {
    return guarded(() -> tokenizer.decode(toLongs(ids), true));
  }

  @Override
  public String decodeWithSpecial(int[] ids) {
    return guarded(() -> tokenizer.decode(toLongs(ids), false));
  }

  @Override
  public int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /** The largest id of any token, added ones included; -1 where there is none. */
  public int largestId() {
    return largestId;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /** The library refuses a text where a file, sound by itself, has no token for it. */
  private <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new UserError(
          "The tokenizer %s cannot be used on this text: %s".formatted(origin, e.getMessage()),
          "Fetch or copy the model's tokenizer.json again.",
          e);
    }
  }

  /** Ids by token: BPE and word-piece vocabularies are maps, Unigram's is a list of pairs. */
  private static Map<String, Integer> ids(JsonNode json) {
    Map<String, Integer> ids = new HashMap<>();
    JsonNode vocabulary = json.path("model").path("vocab");
    if (vocabulary.isArray()) {
      for (int i = 0; i < vocabulary.size(); i++) {
        ids.put(vocabulary.get(i).path(0).asText(), i);
      }
    } else {
      vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asInt()));
    }
    json.path("added_tokens")
        .forEach(token -> ids.put(token.path("content").asText(), token.path("id").asInt()));
    return ids;
  }

  private static int[] toInts(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  private static long[] toLongs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
