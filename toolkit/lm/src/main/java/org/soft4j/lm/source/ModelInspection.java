package org.soft4j.lm.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.family.ConfigFields;
import org.soft4j.lm.family.ModelFamily;
import org.soft4j.lm.files.JsonFile;
import org.soft4j.lm.files.WeightSource;

/**
 * What a model's files hold, for people.
 *
 * @param name of the folder or file
 * @param digest sha256 over weights, configuration and tokenizer
 * @param architecture its shape
 * @param parameters numbers in all tensors
 * @param tensorTypes how many tensors have each number format in the file
 * @param vocabulary number of tokens of the tokenizer
 * @param stopTokens the stop tokens as text, with their ids
 * @param appended tokens that the tokenizer would put behind every text, as text; they are left out
 *     wherever a text goes on
 * @param stops why they are some
 * @param unread fields of config.json that are neither read nor known to have no effect, and those
 *     of generation_config.json that other tools follow when they decode
 * @param chatTemplate Jinja source, where there is one
 */
public record ModelInspection(
    String name,
    String digest,
    Architecture architecture,
    long parameters,
    Map<String, Integer> tensorTypes,
    int vocabulary,
    Map<String, Integer> stopTokens,
    String appended,
    StopTokens stops,
    Set<String> unread,
    Optional<String> chatTemplate) {

  private static Set<String> unread(Path path, ModelFamily family) {
    Set<String> unread = new TreeSet<>();
    JsonFile.readIfPresent(path.resolve("config.json"))
        .ifPresent(json -> unread.addAll(ConfigFields.unread(family, json)));
    unread.addAll(unfollowed(path));
    return unread;
  }

  /**
   * Settings of a folder's generation_config.json that change what transformers writes, in greedy
   * decoding too, and that soft4j does not follow; none for a GGUF file.
   */
  public static Set<String> unfollowed(Path path) {
    return JsonFile.readIfPresent(path.resolve("generation_config.json"))
        .map(ConfigFields::changesGreedy)
        .orElse(Set.of());
  }

  /** Opens a model, looks at it without reading weights, and closes it. */
  public static ModelInspection of(Path path) {
    try (ModelSource source = ModelFiles.open(path)) {
      WeightSource weights = source.weights();
      Map<String, Integer> types = new TreeMap<>();
      long parameters = 0;
      for (String name : weights.names()) {
        types.merge(weights.storedType(name), 1, Integer::sum);
        long elements = 1;
        for (long extent : weights.shape(name)) {
          elements *= extent;
        }
        parameters += elements;
      }
      return new ModelInspection(
          source.name(),
          source.digest(),
          source.architecture(),
          parameters,
          types,
          source.tokenizer().largestId() + 1,
          source.architecture().stopTokens().stream()
              .collect(
                  Collectors.toMap(
                      id -> source.tokenizer().decodeWithSpecial(new int[] {id}),
                      id -> id,
                      (a, b) -> a,
                      TreeMap::new)),
          source.tokenizer().decodeWithSpecial(source.tokenizer().appended()),
          source.stops(),
          unread(path, source.architecture().family()),
          source.chatTemplate());
    }
  }
}
