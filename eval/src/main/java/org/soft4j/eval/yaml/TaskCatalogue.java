package org.soft4j.eval.yaml;

import java.util.List;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.TaskProvider;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.Tasks;

/**
 * Every task with its card, as far as its files are here.
 *
 * @param tasks that are known
 * @param options with the data folder
 */
public record TaskCatalogue(Tasks tasks, TaskOptions options) {
  /**
   * A task that is known by name.
   *
   * @param provider that offers it
   * @param task opened; empty where its files are not here
   * @param missing why it is not opened, or an empty text
   */
  public record Entry(TaskProvider provider, Optional<Task> task, String missing) {}

  /** Those that the patterns choose, in that order. */
  public List<Entry> entries(List<String> patterns) {
    return patterns.stream().flatMap(p -> names(p).stream()).distinct().map(this::entry).toList();
  }

  private List<String> names(String pattern) {
    return tasks.find(pattern).isPresent() ? List.of(pattern) : tasks.matching(List.of(pattern));
  }

  private Entry entry(String name) {
    TaskProvider provider = tasks.find(name).orElseThrow();
    try {
      return new Entry(provider, Optional.of(provider.open(options)), "");
    } catch (UserError absent) {
      return new Entry(provider, Optional.empty(), absent.getMessage());
    }
  }

  /** What the first item asks of a model first, without demonstrations and chat format. */
  public static TaskRequest firstRequest(Task task) {
    return task.items().get(0).requests(withoutShots(task)).get(0);
  }

  /** No demonstrations, and the form of models without a chat template. */
  public static Shots withoutShots(Task task) {
    return new Shots(List.of(), ContextForm.plain(List.of(task)));
  }
}
