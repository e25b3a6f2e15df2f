package org.soft4j.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Json;
import org.soft4j.core.Seeds;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.Demonstration;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;

/**
 * Measures every task at every number of shots after every round: the same items and the same
 * demonstrations each time, so that rounds can be compared item by item. The demonstrations at
 * fewer shots are the first of those at more.
 *
 * <p>The requests of all tasks go to the model as one sorted list, in which each distinct one
 * stands once. They are answered chunk by chunk; a killed evaluation goes on where it was and ends
 * with the same bytes, and finished samples of the same model and requests are not asked for again,
 * only graded again.
 */
public final class TaskEvaluation implements Evaluator {
  private static final String UNDER_WAY = "answers.chunks";
  private static final String MODEL = "model.json";

  /** Hears how far an evaluation has come. */
  @FunctionalInterface
  public interface Listener {
    /** Hears nothing. */
    Listener SILENT = (done, items) -> {};

    /**
     * Whenever an answer has come.
     *
     * @param done items answered so far, over all tasks and numbers of shots; falls back when items
     *     have something more to ask
     * @param items all of them
     */
    void progress(int done, int items);
  }

  private final List<Task> tasks;
  private final EvaluationSettings settings;
  private final List<Demonstration> pool;
  private final Function<Task, ContextForm> forms;
  private final Listener listener;

  /**
   * Prepares the measurement.
   *
   * @param tasks what is run
   * @param settings how
   * @param pool demonstrations are drawn from it; a UserError if it, or a task's own, holds fewer
   *     than the shots
   * @param form how contexts are written, such as {@code template::context}
   * @param listener hears of every chunk
   */
  public TaskEvaluation(
      List<Task> tasks,
      EvaluationSettings settings,
      List<Demonstration> pool,
      ContextForm form,
      Listener listener) {
    this(tasks, settings, pool, task -> form, listener);
  }

  /** The same, with a form of its own for every task. */
  public TaskEvaluation(
      List<Task> tasks,
      EvaluationSettings settings,
      List<Demonstration> pool,
      Function<Task, ContextForm> forms,
      Listener listener) {
    this.tasks = List.copyOf(tasks);
    this.settings = settings;
    this.pool = List.copyOf(pool);
    this.forms = forms;
    this.listener = listener;
    int most =
        this.tasks.stream()
            .flatMap(task -> settings.shots(task.name()).stream())
            .mapToInt(k -> k)
            .max()
            .orElse(0);
    if (most > pool.size()) {
      throw new UserError(
          "The evaluation wants " + most + " demonstrations, and the pool has " + pool.size() + ".",
          "Give a larger pool, or fewer shots.");
    }
    this.tasks.forEach(this::refuseShots);
  }

  /** Tasks that bring demonstrations of their own may have too few; all items draw alike. */
  private void refuseShots(Task task) {
    for (int shots : settings.shots(task.name())) {
      task.items().stream().limit(1).forEach(item -> item.requests(draw(task, item, shots)));
    }
  }

  /**
   * The tasks, whose cards say where items stand among the demonstrations, and which metrics of
   * their groups are of some tasks alone.
   */
  public List<Task> tasks() {
    return TaskGroup.noted(
        tasks.stream()
            .map(
                task ->
                    settings.shots(task.name()).stream().allMatch(k -> k == 0) ? task : noted(task))
            .toList());
  }

  private Task noted(Task task) {
    Set<String> prompts = new HashSet<>();
    pool.forEach(demonstration -> prompts.add(demonstration.prompt().strip()));
    Task told = task;
    for (int shots : settings.shots(task.name())) {
      for (String note :
          task.items().stream()
              .limit(1)
              .flatMap(i -> i.document().notes(shots).stream())
              .toList()) {
        told = told.noting(note);
      }
    }
    long own =
        task.items().stream().filter(item -> prompts.contains(item.question().strip())).count();
    return own == 0
        ? told
        : told.noting(
            "%s of %s items stand in the pool of demonstrations; none is its own demonstration"
                .formatted(own, task.items().size()));
  }

  /**
   * What is asked of some items of a task at first.
   *
   * @param requests by item
   */
  public record Asked(Task task, int shots, List<List<TaskRequest>> requests) {}

  /**
   * What is asked at first of some items of every task, at each number of demonstrations; nothing
   * is asked of a model.
   *
   * @param most items of a task, evenly spaced
   */
  public List<Asked> sample(int most) {
    List<Asked> sample = new ArrayList<>();
    for (Task task : tasks) {
      for (int shots : settings.shots(task.name())) {
        sample.add(
            new Asked(
                task,
                shots,
                task.limited(most).items().stream()
                    .map(item -> item.requests(draw(task, item, shots)))
                    .toList()));
      }
    }
    return sample;
  }

  /** How many items are answered in one evaluation, over all numbers of shots. */
  public int items() {
    return tasks.stream().mapToInt(t -> settings.shots(t.name()).size() * t.items().size()).sum();
  }

  /** The same measurement, which another listener hears of. */
  public TaskEvaluation with(Listener other) {
    return new TaskEvaluation(tasks, settings, pool, forms, other);
  }

  @Override
  public List<Measurement> evaluate(
      LanguageModel model, int round, Path folder, Cancellation cancel) {
    List<TaskRun> runs = runs(model.identity());
    AnswerStore store = new AnswerStore(folder.resolve(UNDER_WAY));
    List<TaskRun> open = runs.stream().filter(s -> !s.finished(folder)).toList();
    runs.stream().filter(s -> !open.contains(s)).forEach(s -> s.regrade(folder));
    ask(open, runs, new RequestRunner(model, store, settings, cancel));
    open.forEach(run -> run.write(folder));
    if (!open.isEmpty() || Files.notExists(folder.resolve(MODEL))) {
      WholeFile.write(folder.resolve(MODEL), Json.pretty(model.identity().withoutReason()));
    }
    store.clear();
    List<Measurement> rows =
        runs.stream()
            .flatMap(
                s ->
                    Measurements.of(s.card(), round, s.shots(), SampleFile.read(s.file(folder)))
                        .stream())
            .toList();
    TaskGroup.writeNotes(folder, TaskGroup.untold(tasks, rows));
    return Stream.concat(rows.stream(), grouped(rows).stream()).toList();
  }

  /** The scores of the groups, at each number of shots that is asked for. */
  private List<Measurement> grouped(List<Measurement> rows) {
    List<Measurement> grouped = new ArrayList<>();
    List<TaskGroup> groups = TaskGroup.of(tasks);
    for (int shots : groups.isEmpty() ? List.<Integer>of() : settings.shots()) {
      Map<String, Integer> standing = new HashMap<>();
      tasks.forEach(task -> standing.put(task.name(), standing(task, shots)));
      List<Measurement> alike =
          rows.stream().filter(row -> standing.get(row.benchmark()) == row.shots()).toList();
      groups.forEach(group -> grouped.addAll(group.measure(alike)));
    }
    return grouped.stream().distinct().toList();
  }

  /**
   * What was asked, and what came, for the samples that stand in a folder.
   *
   * @throws UserError if a task's samples are missing, or answer other questions than it asks now
   */
  public List<AnsweredTask> answered(ModelIdentity identity, Path folder) {
    return runs(identity).stream().map(run -> run.answered(folder)).toList();
  }

  /** The model whose samples stand in a folder. */
  public static ModelIdentity model(Path folder) {
    Path file = folder.resolve(MODEL);
    if (!Files.exists(file)) {
      throw new UserError(
          "%s is missing, which says whose samples these are.".formatted(file),
          "Name the folder of an evaluation that came to its end; of a run, give --round N.");
    }
    return Json.read(WholeFile.read(file), ModelIdentity.class, file.toString());
  }

  /**
   * Keeps what is asked, word for word, in the folder of a run or an evaluation: see {@link
   * PromptFile}. What is there already stays.
   */
  public void keepPrompts(Path root) {
    for (Task task : tasks) {
      for (int shots : settings.shots(task.name())) {
        int standing = standing(task, shots);
        if (Files.notExists(PromptFile.file(root, task.name(), standing))) {
          PromptFile.write(
              root,
              task.name(),
              standing,
              task.items().stream()
                      .map(i -> PromptFile.Prompt.of(i.id(), i.requests(draw(task, i, shots))))
                  ::iterator);
        }
      }
    }
  }

  private List<TaskRun> runs(ModelIdentity identity) {
    List<TaskRun> runs = new ArrayList<>();
    for (Task task : tasks) {
      Set<Integer> seen = new HashSet<>();
      for (int shots : settings.shots(task.name())) {
        if (!seen.add(standing(task, shots))) {
          continue;
        }
        List<ItemRun> items =
            task.items().stream()
                .map(
                    item ->
                        new ItemRun(
                            task.card(),
                            item,
                            draw(task, item, shots),
                            identity,
                            settings.dropReasoning() ? "\nreasoning dropped" : ""))
                .toList();
        runs.add(new TaskRun(task.card(), standing(task, shots), items));
      }
    }
    return runs;
  }

  /** How many demonstrations the task's contexts really hold. */
  private static int standing(Task task, int shots) {
    return task.items().stream()
        .mapToInt(item -> item.document().demonstrations(shots))
        .max()
        .orElse(shots);
  }

  /** Asks until no item has anything more to ask. */
  private void ask(List<TaskRun> open, List<TaskRun> runs, RequestRunner runner) {
    int all = runs.stream().mapToInt(s -> s.items().size()).sum();
    List<ItemRun> unfinished = open.stream().flatMap(s -> s.items().stream()).toList();
    while (!unfinished.isEmpty()) {
      int before = all - unfinished.size();
      AnsweredItems answered = new AnsweredItems(unfinished);
      runner.ask(
          unfinished.stream().flatMap(i -> i.pending().stream()).toList(),
          request -> listener.progress(before + answered.answer(request), all));
      unfinished.forEach(i -> i.take(runner));
      unfinished = unfinished.stream().filter(i -> !i.pending().isEmpty()).toList();
    }
    listener.progress(all, all);
  }

  private Shots draw(Task task, TaskItem item, int shots) {
    Object stream = settings.perItem() ? task.name() + "/" + item.id() : "shared";
    var random = Seeds.random(settings.seed(), "shots", stream);
    List<Demonstration> others =
        Seeds.shuffled(pool, random).stream()
            .filter(demonstration -> !asks(demonstration, item))
            .limit(shots)
            .toList();
    return new Shots(others, forms.apply(task));
  }

  /** Whether a demonstration asks what the item asks: it would hold its answer. */
  private static boolean asks(Demonstration demonstration, TaskItem item) {
    return demonstration.prompt().strip().equals(item.question().strip());
  }

  /** Counts the items whose requests are all answered, while answers come in any order. */
  private static final class AnsweredItems {
    private final Map<TaskRequest, List<Integer>> waiting = new HashMap<>();
    private final int[] open;
    private int answered;

    AnsweredItems(List<ItemRun> items) {
      open = new int[items.size()];
      for (int i = 0; i < open.length; i++) {
        Set<TaskRequest> distinct = new HashSet<>(items.get(i).pending());
        open[i] = distinct.size();
        for (TaskRequest request : distinct) {
          waiting.computeIfAbsent(request, key -> new ArrayList<>()).add(i);
        }
      }
    }

    /** One more request is answered; returns how many items are by now. */
    int answer(TaskRequest request) {
      for (int item : waiting.getOrDefault(request, List.of())) {
        open[item]--;
        answered += open[item] == 0 ? 1 : 0;
      }
      waiting.remove(request);
      return answered;
    }
  }
}
