package org.soft4j.soft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.soft4j.datasets.Demonstration;
import org.soft4j.eval.Words;

/**
 * Decides which labels are learned. Filters run in a fixed order; the first that refuses a label
 * names the reason.
 */
public final class LabelFilters {
  private final Map<String, Predicate<Label>> refusals = new LinkedHashMap<>();

  /** Filters by settings; the pool is needed to tell copies of its responses. */
  public LabelFilters(FilterSettings settings, IclPool pool) {
    // Where the prompt alone fills the window nothing was written, whatever may be kept otherwise.
    when(true, "no_room", LabelError::noRoom);
    when(settings.empty(), "empty", label -> label.response().isBlank());
    when(
        settings.minWords() > 0,
        "too_short",
        label -> Words.of(label.response()).size() < settings.minWords());
    when(settings.unfinished(), "unfinished", label -> !label.finish().itsOwn());
    when(
        settings.repeats() > 0,
        "repeats_itself",
        label -> LabelError.mostRepeated(label.response()) >= settings.repeats());
    when(settings.copiesPrompt(), "copies_prompt", LabelError::copiesPrompt);
    Set<String> responses = new HashSet<>();
    pool.demonstrations().stream()
        .map(Demonstration::response)
        .map(Words::normal)
        .forEach(responses::add);
    when(
        settings.copiesPool(),
        "copies_pool",
        label -> responses.contains(Words.normal(label.response())));
    when(
        !settings.blacklist().isEmpty(),
        "blacklist",
        label -> blacklisted(label.response(), settings.blacklist()));
  }

  private void when(boolean on, String reason, Predicate<Label> refusal) {
    if (on) {
      refusals.put(reason, refusal);
    }
  }

  /** Why the label is dropped; empty where it is kept. */
  public Optional<String> reason(Label label) {
    return refusals.entrySet().stream()
        .filter(entry -> entry.getValue().test(label))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Labels parted in two.
   *
   * @param kept in the order given
   * @param dropped with their reasons
   */
  public record Result(List<Label> kept, List<DroppedLabel> dropped) {
    /** Copies the lists. */
    public Result {
      kept = List.copyOf(kept);
      dropped = List.copyOf(dropped);
    }

    /** Number of drops by reason. */
    public Map<String, Integer> counts() {
      Map<String, Integer> counts = new java.util.TreeMap<>();
      dropped.forEach(d -> counts.merge(d.reason(), 1, Integer::sum));
      return counts;
    }
  }

  /** Parts labels into kept and dropped. */
  public Result apply(List<Label> labels) {
    List<Label> kept = new ArrayList<>();
    List<DroppedLabel> dropped = new ArrayList<>();
    for (Label label : labels) {
      reason(label)
          .ifPresentOrElse(
              reason -> dropped.add(new DroppedLabel(reason, label)), () -> kept.add(label));
    }
    return new Result(kept, dropped);
  }

  private static boolean blacklisted(String response, List<String> blacklist) {
    String folded = Words.folded(response);
    return blacklist.stream().anyMatch(entry -> folded.contains(Words.folded(entry)));
  }
}
