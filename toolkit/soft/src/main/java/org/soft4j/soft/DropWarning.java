package org.soft4j.soft;

import java.util.Map;
import java.util.Optional;

/**
 * More than half of the labels were dropped for one reason: something is probably wrong with how
 * the model was asked, and not with single labels.
 *
 * @param text what was dropped, and the likely cause, in a sentence
 * @param cause the likely cause alone
 */
public record DropWarning(String text, String cause) {
  /**
   * Looks at what became of labels.
   *
   * @param kept how many are learned
   * @param dropped counts by reason
   * @param settings under which they were written
   * @param template by which they were asked for
   */
  public static Optional<DropWarning> of(
      int kept, Map<String, ? extends Number> dropped, SoftSettings settings, String template) {
    long all = kept + dropped.values().stream().mapToLong(Number::longValue).sum();
    return dropped.entrySet().stream()
        .filter(entry -> 2 * entry.getValue().longValue() > all)
        .findFirst()
        .map(
            entry -> {
              String cause = cause(entry.getKey(), settings, template);
              return new DropWarning(
                  "%s of %s labels were dropped as %s: %s"
                      .formatted(entry.getValue(), all, entry.getKey(), cause),
                  cause);
            });
  }

  private static String cause(String reason, SoftSettings settings, String template) {
    String other =
        "the prompt template (%s) may not be the one that the model knows: see --template"
            .formatted(template);
    return switch (reason) {
      case "unfinished" ->
          "the model did not end its answers within labelling.max_new_tokens=%s; allow more, or %s"
              .formatted(settings.labelling().maxNewTokens(), other);
      case "empty" -> "the model ended its answers before the first word; " + other;
      case "too_short" ->
          "they have fewer words than filters.min_words=%s; %s"
              .formatted(settings.filters().minWords(), other);
      case "no_room" ->
          "demonstrations and prompt fill the model's window; ask for fewer demonstrations than"
              + " demonstrations.shots=%s, or for shorter ones"
                  .formatted(settings.demonstrations().shots());
      case "repeats_itself" ->
          "the model repeats its own words (labelling.temperature=%s); %s"
              .formatted(settings.labelling().temperature(), other);
      case "copies_prompt" -> "the model repeats the prompt and does not answer it; " + other;
      case "copies_pool" ->
          "the model copies its demonstrations; a larger pool helps, or a larger model";
      case "blacklist" -> "they hold what filters.blacklist names";
      default -> "look at dropped.jsonl";
    };
  }
}
