package org.soft4j.eval.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskItem;
import org.soft4j.table.Columns;
import tech.tablesaw.api.Table;

/**
 * The folder that lm-evaluation-harness writes with {@code --output_path} and {@code
 * --log_samples}: MODEL/results_DATE.json and MODEL/samples_TASK_DATE.jsonl.
 */
public final class LmEvalFiles {
  private LmEvalFiles() {}

  /**
   * Writes what a model has answered. The harness has one number of shots a folder; where there are
   * several, each has a folder {@code shots-K} of its own.
   *
   * @param out folder that gets a folder named after the model
   * @param whole the tasks with all items of their sets, from which items are numbered
   * @param answered the same tasks, or some of their items
   * @return the folders with the files
   */
  public static List<Path> write(
      Path out, LmEvalSource source, List<Task> whole, List<AnsweredTask> answered) {
    Map<Integer, List<AnsweredTask>> byShots =
        answered.stream()
            .collect(Collectors.groupingBy(AnsweredTask::shots, TreeMap::new, Collectors.toList()));
    List<Path> folders = new ArrayList<>();
    byShots.forEach(
        (shots, tasks) -> {
          Path above = byShots.size() == 1 ? out : out.resolve("shots-" + shots);
          Path folder = above.resolve(LmEvalNames.folder(source.name()));
          write(folder, new LmEvalResults(source, logged(whole, tasks)));
          folders.add(folder);
        });
    return folders;
  }

  private static void write(Path folder, LmEvalResults results) {
    for (LmEvalResults.Logged task : results.tasks()) {
      WholeFile.write(
          folder.resolve(LmEvalNames.samples(task.name(), results.source().date())),
          task.samples());
    }
    WholeFile.write(
        folder.resolve(LmEvalNames.results(results.source().date())),
        PythonJson.indented(results.tree()));
  }

  private static List<LmEvalResults.Logged> logged(List<Task> whole, List<AnsweredTask> answered) {
    Map<String, Task> byName =
        whole.stream().collect(Collectors.toMap(Task::name, Function.identity()));
    return answered.stream().map(task -> logged(byName.get(task.card().name()), task)).toList();
  }

  private static LmEvalResults.Logged logged(Task whole, AnsweredTask answered) {
    List<String> ids = whole.items().stream().map(TaskItem::id).toList();
    Map<String, Integer> numbers = new TreeMap<>();
    for (int i = 0; i < ids.size(); i++) {
      numbers.put(ids.get(i), i);
    }
    // All items under the first filter come before those under the next.
    Map<String, List<LmEvalLine>> byFilter =
        answered.items().stream()
            .flatMap(
                item ->
                    LmEvalLine.of(numbers.get(item.item().id()), answered.card(), item).stream())
            .collect(
                Collectors.groupingBy(LmEvalLine::filter, LinkedHashMap::new, Collectors.toList()));
    return new LmEvalResults.Logged(
        whole.name(), whole, answered, byFilter.values().stream().flatMap(List::stream).toList());
  }

  /** What is logged of answered tasks, without a detour over files. */
  public static List<LmEvalScore> scores(List<Task> whole, List<AnsweredTask> answered) {
    return logged(whole, answered).stream()
        .flatMap(
            task ->
                task.lines().stream()
                    .flatMap(
                        line ->
                            LmEvalScore.of(task.name(), task.answered().shots(), line.fields())
                                .stream()))
        .toList();
  }

  /**
   * Reads what the harness, or {@link #write}, has written: the newest samples of every task.
   *
   * @param folder what was given as output path, or the model's folder in it
   */
  public static List<LmEvalScore> scores(Path folder) {
    return LmEvalReader.open(folder).scores();
  }

  /** The same as a table: task, shots, item, question, doc_hash, metric, value. */
  public static Table read(Path folder) {
    return Columns.of("samples", scores(folder))
        .text("task", LmEvalScore::task)
        .whole("shots", LmEvalScore::shots)
        .whole("item", LmEvalScore::item)
        .text("question", LmEvalScore::question)
        .text("doc_hash", LmEvalScore::digest)
        .text("metric", LmEvalScore::metric)
        .number("value", LmEvalScore::value)
        .table();
  }

  /** Whether a folder holds such files, itself or in a folder of a model. */
  public static boolean areIn(Path folder) {
    return LmEvalReader.holds(folder);
  }
}
