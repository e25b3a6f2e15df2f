package org.soft4j.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.soft4j.lm.Caveat;

/**
 * One item as it was answered: a line of a samples file.
 *
 * @param item its id
 * @param key digest over the model and the item's requests; a sample with another key is stale
 * @param demonstrations ids of those in the context
 * @param metrics by name, sorted
 * @param chosen the choice the model would take, or the text it wrote
 * @param logProbabilities of the scored continuations, in the order of the requests
 * @param greedy for each of these whether every token was the most likely one; empty in files of
 *     earlier versions
 * @param texts that were written, in the order of the requests
 * @param caveats names of {@link Caveat}, of each that some answer has; not written where there is
 *     none, as in files of earlier versions
 * @param parts of metrics over the whole task, by name, as {@link Grade} has them; not written
 *     where there are none
 */
@JsonPropertyOrder({
  "item",
  "key",
  "demonstrations",
  "metrics",
  "chosen",
  "log_probabilities",
  "greedy",
  "texts",
  "caveats",
  "parts"
})
public record ItemSample(
    @JsonProperty("item") String item,
    @JsonProperty("key") String key,
    @JsonProperty("demonstrations") List<String> demonstrations,
    @JsonProperty("metrics") Map<String, Double> metrics,
    @JsonProperty("chosen") String chosen,
    @JsonProperty("log_probabilities") List<Double> logProbabilities,
    @JsonProperty("greedy") @JsonSetter(nulls = Nulls.AS_EMPTY) List<Boolean> greedy,
    @JsonProperty("texts") List<String> texts,
    @JsonProperty("caveats")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> caveats,
    @JsonProperty("parts")
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, List<Object>> parts) {
  /** Copies lists and maps; the maps are sorted by name. */
  public ItemSample {
    demonstrations = List.copyOf(demonstrations);
    metrics = new TreeMap<>(metrics);
    logProbabilities = List.copyOf(logProbabilities);
    greedy = List.copyOf(greedy);
    texts = List.copyOf(texts);
    caveats = List.copyOf(caveats);
    parts = new TreeMap<>(parts);
  }

  /** Whether every answer has a value; otherwise there are no metrics. */
  public boolean usable() {
    return Stream.of(Caveat.values())
        .filter(Caveat::unusable)
        .noneMatch(caveat -> caveats.contains(caveat.text()));
  }

  /** The same answers under another grade. */
  ItemSample with(Grade grade) {
    return new ItemSample(
        item,
        key,
        demonstrations,
        grade.metrics(),
        grade.chosen(),
        logProbabilities,
        greedy,
        texts,
        caveats,
        grade.parts());
  }

  /**
   * The sample of an item with its answers graded; not graded where one of them is unusable.
   *
   * @param answers in the order of the requests
   */
  public static ItemSample of(
      TaskItem item, String key, List<String> demonstrations, List<TaskAnswer> answers) {
    List<String> caveats =
        answers.stream()
            .flatMap(answer -> answer.caveats().stream())
            .distinct()
            .sorted()
            .map(Caveat::text)
            .toList();
    List<Double> logProbabilities = new ArrayList<>();
    List<Boolean> greedy = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    boolean usable = answers.stream().allMatch(TaskAnswer::usable);
    for (TaskAnswer answer : usable ? answers : List.<TaskAnswer>of()) {
      if (answer instanceof TaskAnswer.Likelihood likelihood) {
        logProbabilities.add(likelihood.logProbability());
        greedy.add(likelihood.greedy());
      } else if (answer instanceof TaskAnswer.Writing writing) {
        texts.add(writing.text());
      }
    }
    ItemSample sample =
        new ItemSample(
            item.id(),
            key,
            demonstrations,
            Map.of(),
            "",
            logProbabilities,
            greedy,
            texts,
            caveats,
            Map.of());
    return usable ? sample.with(item.grade(answers)) : sample;
  }
}
