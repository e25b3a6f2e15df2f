package org.soft4j.lm.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.soft4j.core.UserError;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.tokenizer.Tokenizer;

/**
 * Examples to token sequences of which the completion is learned.
 *
 * <p>Prompt and completion are encoded together, and the completion's tokens are those after the
 * prompt's, wherever the prompt's tokens are the beginning of the whole (so that training sees the
 * tokens that generation produces). Where a token would span the border, the completion is encoded
 * by itself.
 */
public final class ExampleEncoder {
  private final Tokenizer tokenizer;
  private final Architecture architecture;
  private final TrainingSettings settings;

  /** An encoder for a model of this tokenizer and shape. */
  public ExampleEncoder(Tokenizer tokenizer, Architecture architecture, TrainingSettings settings) {
    this.tokenizer = tokenizer;
    this.architecture = architecture;
    this.settings = settings;
  }

  /**
   * Encodes all examples.
   *
   * @throws UserError if there is none, if one has nothing to learn, or if no stop token would be
   *     learned: such a model would never end an answer
   */
  List<TokenSequence> encode(List<TrainingExample> examples) {
    if (examples.isEmpty()) {
      throw new UserError(
          "There are no examples to train on.", "Give at least one prompt with its completion.");
    }
    List<TokenSequence> sequences = examples.stream().map(this::encode).toList();
    refuseUnlearnable(sequences);
    refuseEndless(sequences);
    return sequences;
  }

  /**
   * How many of the examples are longer than what is learned of one, so that they lose their end.
   */
  public int cut(List<TrainingExample> examples) {
    return (int)
        examples.stream()
            .filter(e -> whole(e, tokenizer.encode(e.prompt())).length > limit())
            .count();
  }

  private TokenSequence encode(TrainingExample example) {
    int[] prompt = tokenizer.encode(example.prompt());
    int[] ids = whole(example, prompt);
    ids = Arrays.copyOf(ids, Math.min(ids.length, limit()));
    boolean[] learned = new boolean[ids.length];
    Arrays.fill(learned, Math.min(prompt.length, ids.length), ids.length, true);
    return new TokenSequence(ids, learned);
  }

  private int[] whole(TrainingExample example, int[] prompt) {
    int[] whole = tokenizer.encode(example.prompt() + example.completion());
    boolean agrees =
        whole.length >= prompt.length
            && Arrays.equals(prompt, 0, prompt.length, whole, 0, prompt.length);
    int[] ids = agrees ? whole : join(prompt, tokenizer.encodePlain(example.completion()));
    if (settings.appendStopToken() && !endsWithStop(ids)) {
      int[] end = end(example.ends());
      boolean begun = end.length > 0 && ids.length > 0 && ids[ids.length - 1] == end[0];
      ids = join(ids, begun ? Arrays.copyOfRange(end, 1, end.length) : end);
    }
    return ids;
  }

  /**
   * What is appended: the special token at which generation ends such a completion, so that what is
   * learned ends as what was written. Where the model's files do not name it, their own stop token
   * follows it, so that the model also ends without being told that text.
   */
  private int[] end(List<String> texts) {
    List<Integer> stops = architecture.stopTokens();
    for (String text : texts) {
      int[] ids = tokenizer.encodePlain(text.strip());
      if (ids.length > 0 && tokenizer.special(ids[0])) {
        return stops.isEmpty() || stops.contains(ids[0])
            ? new int[] {ids[0]}
            : new int[] {ids[0], stops.get(0)};
      }
    }
    return stops.isEmpty() ? new int[0] : new int[] {stops.get(0)};
  }

  private int limit() {
    return Math.min(settings.maxLength(), architecture.maxPositions());
  }

  private boolean endsWithStop(int[] ids) {
    return ids.length > 0 && architecture.stopTokens().contains(ids[ids.length - 1]);
  }

  private static int[] join(int[] first, int[] second) {
    return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
  }

  private void refuseUnlearnable(List<TokenSequence> sequences) {
    List<Integer> empty = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      if (sequences.get(i).learnedTokens() == 0) {
        empty.add(i + 1);
      }
    }
    if (!empty.isEmpty()) {
      throw new UserError(
          "%s of %s examples have no completion left within %s tokens: number %s."
              .formatted(empty.size(), sequences.size(), limit(), some(empty)),
          "Leave these examples out, shorten their prompts, or allow a greater length (up to %s)."
              .formatted(architecture.maxPositions()));
    }
  }

  private static String some(List<Integer> numbers) {
    String shown =
        numbers.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "));
    return numbers.size() > 10 ? shown + ", ..." : shown;
  }

  private void refuseEndless(List<TokenSequence> sequences) {
    if (architecture.stopTokens().isEmpty()) {
      throw new UserError(
          "The model names no stop token, so none would be learned.",
          "Add eos_token_id to the model's config.json.");
    }
    boolean learned = false;
    for (TokenSequence sequence : sequences) {
      for (int i = 1; i < sequence.length(); i++) {
        learned |= sequence.learned()[i] && architecture.stopTokens().contains(sequence.ids()[i]);
      }
    }
    if (!learned) {
      throw new UserError(
          "No stop token (%s) would be learned from the %s examples: the model would never end."
              .formatted(architecture.stopTokens(), sequences.size()),
          settings.appendStopToken()
              ? "All examples are cut at %s tokens: allow a greater length.".formatted(limit())
              : "Let the stop token be appended, or end the completions with it.");
    }
  }
}
