package org.soft4j.lab;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.ContextTemplate;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.run.SessionResult;
import org.soft4j.run.SoftSession;
import org.soft4j.soft.Contamination;
import org.soft4j.soft.DemonstrationChoice;
import org.soft4j.soft.IclPool;
import org.soft4j.soft.Labeller;
import org.soft4j.soft.PromptSplit;
import org.soft4j.soft.RunFiles;
import org.soft4j.soft.RunTables;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftSettings;
import tech.tablesaw.api.Table;

/**
 * One open model with prompts, an ICL pool, benchmarks and settings: the whole method by {@link
 * #run}, or each step of a round alone.
 *
 * <pre>{@code
 * Lab lab = labs.open("micro");
 * Table labels = lab.base().label(lab.prompts().first(100));
 * LabModel trained = lab.base().train(labels);
 * Evaluation before = lab.base().evaluate(), after = trained.evaluate();
 * before.compare(after)
 * }</pre>
 *
 * <p>A lab with other settings ({@link #set}) shares the model; closing any of them closes it.
 */
public final class Lab implements AutoCloseable {
  /** Where run.json says that a value set here came from. */
  private static final String NOTEBOOK = "notebook";

  private final SoftSession session;
  private final SharedModel shared;
  private final SoftInputs inputs;

  private Lab(SoftSession session, SharedModel shared, SoftInputs inputs) {
    this.session = session;
    this.shared = shared;
    this.inputs = inputs;
  }

  /** Opens the model of a session without a word; the caller closes the lab. */
  public static Lab open(SoftSession session) {
    return open(session, LocalOpening.OPENER, Labs.Listener.SILENT);
  }

  /** Opens the model of a session; the caller closes the lab. */
  public static Lab open(SoftSession session, ModelOpener opener, Labs.Listener listener) {
    // What is missing is told before a model is opened, by which the template is chosen.
    SoftInputs unworded = clean(session, session.inputs(ContextTemplate.PLAIN));
    SharedModel shared =
        SharedModel.open(session.plan().values().model().choice(), opener, listener);
    try {
      return worded(session, shared, unworded);
    } catch (RuntimeException failure) {
      shared.close();
      throw failure;
    }
  }

  private static Lab worded(SoftSession session, SharedModel shared, SoftInputs unworded) {
    ChosenTemplate chosen = session.template(shared.promptFacts());
    return new Lab(session, shared, unworded.with(chosen.template(), chosen.line()));
  }

  /** Labels must not be trained on what is measured, in a step as in a run. */
  private static SoftInputs clean(SoftSession session, SoftInputs inputs) {
    int words = session.plan().values().soft().split().benchmarkWords();
    return Contamination.clean(inputs, words).inputs();
  }

  /** The plan behind this lab: preset, benchmarks, settings. */
  public SoftSession session() {
    return session;
  }

  /** What the open model is: name, digest, parameters, number format, device. */
  public ModelIdentity identity() {
    return shared.base();
  }

  /**
   * The same model with another setting, by its dotted key, such as {@code
   * set("demonstrations.shots", 1)}; an unknown key is a UserError that lists the known ones.
   */
  public Lab set(String key, Object value) {
    String text = value instanceof Collection<?> list ? Json.line(list) : String.valueOf(value);
    return with(session.set(key, text, NOTEBOOK));
  }

  /**
   * The same model with prompts written otherwise.
   *
   * @param nameOrFile {@code auto} (the model's own way), {@code chat} (its chat template), {@code
   *     plain}, {@code chatml}, {@code dialogue}, {@code micro}, or a file (.json or .jinja)
   */
  public Lab template(String nameOrFile) {
    return set("data.template", nameOrFile);
  }

  /** How prompts are written, and why so, in a sentence. */
  public String template() {
    return session.template(shared.promptFacts()).line();
  }

  /** The same model with another seed of everything drawn at random. */
  public Lab seed(long seed) {
    return set("seed", seed);
  }

  /** The same model measured on other benchmarks, by name. */
  public Lab tasks(String... names) {
    return set("data.tasks", String.join(",", names));
  }

  /** The same model measured on at most so many items of each benchmark, evenly spaced. */
  public Lab limit(int items) {
    return set("data.limit", items);
  }

  /** The same model measured at other numbers of demonstrations, such as 0 for zero-shot alone. */
  public Lab shots(int... numbers) {
    return set(
        "data.shots",
        IntStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(",")));
  }

  /** The same model under another session; one that names another model is a UserError. */
  public Lab with(SoftSession other) {
    ModelChoice named = other.plan().values().model().choice();
    if (!named.equals(shared.choice())) {
      throw new UserError(
          "This lab holds %s, and the session names %s."
              .formatted(shared.choice().model(), named.model()),
          "Open another lab for it: labs.open(session).");
    }
    return worded(other, shared, clean(other, other.inputs(ContextTemplate.PLAIN)));
  }

  /**
   * The same model with another ICL pool.
   *
   * @param pool a table with the columns prompt and response, and id and type where it has them
   */
  public Lab pool(Table pool) {
    Path file = shared.newPath().resolve("pool.csv");
    WholeFile.write(file, RunFiles.pool(IclPool.of(pool)));
    return set("data.pool", file);
  }

  /** The ICL pool: id, type, prompt, response. Without rows that overlap with a benchmark. */
  public Table pool() {
    return inputs.pool().toTable();
  }

  /** All unlabelled prompts: id, type, prompt. Without those that overlap with a benchmark. */
  public Table prompts() {
    return RunTables.prompts(inputs.prompts());
  }

  /**
   * The prompts that a run of method {@code soft} or {@code single} labels in a round, in its
   * order; {@code soft+} chooses them by difficulty while it runs.
   *
   * @param round from 1 to the number of rounds
   */
  public Table prompts(int round) {
    SoftSettings settings = settings();
    if (round < 1 || round > settings.effectiveRounds()) {
      throw new UserError(
          "There is no round %s.".formatted(round),
          "This lab has rounds 1 to %s.".formatted(settings.effectiveRounds()));
    }
    return RunTables.prompts(
        PromptSplit.ofRound(inputs.prompts(), settings.effectiveRounds(), round, settings.seed()));
  }

  /** Prompts with a response one wishes for, which no round learns: id, type, prompt, response. */
  public Table validation() {
    return IclPool.of(inputs.validation()).toTable().setName("validation");
  }

  /** The demonstrations that the prompt gets in round 1: id, type, prompt, response. */
  public Table draw(String prompt) {
    return table(labeller().demonstrations(known(prompt), 1));
  }

  /**
   * Demonstrations drawn at random from the pool, none of them the prompt itself.
   *
   * @param count how many; more than the pool has is a UserError
   * @param seed of the draw
   */
  public Table draw(String prompt, int count, long seed) {
    return table(
        new DemonstrationChoice.RandomPerPrompt(count).choose(inputs.pool(), prompt, seed));
  }

  /** The whole text that the model continues when it labels the prompt in round 1. */
  public String context(String prompt) {
    return labeller().context(known(prompt), 1);
  }

  /**
   * The whole text with demonstrations of one's own.
   *
   * @param demonstrations a table with the columns prompt and response; an empty one gives the
   *     zero-shot context
   */
  public String context(String prompt, Table demonstrations) {
    List<Demonstration> rows =
        demonstrations.isEmpty() ? List.of() : IclPool.of(demonstrations).demonstrations();
    return inputs.template().context(rows, prompt);
  }

  /** The base model: where every round begins. */
  public LabModel base() {
    return new LabModel(this, "base", 0, Optional.empty(), List.of());
  }

  /** The model that a run kept; the base model where it kept round 0. */
  public LabModel kept(SessionResult run) {
    int round = run.result().keptRound();
    return run.result()
        .trained()
        .map(folder -> new LabModel(this, "round " + round, round, Optional.of(folder), List.of()))
        .orElseGet(this::base);
  }

  /**
   * A trained model from its folder.
   *
   * @param folder an adapter in PEFT's layout, or a whole model that a full training of this model
   *     wrote
   */
  public LabModel trained(Path folder) {
    return new LabModel(this, folder.getFileName().toString(), 1, Optional.of(folder), List.of());
  }

  /**
   * Runs the whole method on the open model: every round, the benchmarks after each, a report.
   *
   * @param name folder of the run; where it is taken, name-2, name-3 and so on
   */
  public SessionResult run(String name) {
    return run(name, true);
  }

  /**
   * Runs the whole method.
   *
   * @param noted whether its notes are heard; among many runs they would fill the page
   */
  public SessionResult run(String name, boolean noted) {
    return new LabRuns(session, shared).begin(name, noted);
  }

  /**
   * Goes on with a run that was stopped or killed, under the settings it was begun with; it ends
   * with the files of one that was left in peace.
   *
   * @param name its folder, as the stop has told it
   */
  public SessionResult resume(String name) {
    return new LabRuns(session, shared).resume(name);
  }

  /**
   * Adds the column {@code right}: whether each response is right, by the rules of the micro world.
   * SOFT itself never sees it.
   *
   * @param answers a table with the columns prompt and response
   */
  public Table checked(Table answers) {
    return LabTables.checked(answers, world());
  }

  /**
   * How many responses are right, by the rules of the micro world: a row per name, a column per
   * type of prompt and one for all, in points of a hundred ± one standard error.
   *
   * @param answers tables with the columns prompt and response, and type where they have it, such
   *     as labels written under different contexts
   */
  public Table accuracy(Map<String, Table> answers) {
    return Accuracy.of(checked(answers)).table();
  }

  /** The same as bars, as shares of 1. */
  public CategoryChart accuracyChart(String title, Map<String, Table> answers) {
    return Accuracy.of(checked(answers)).chart(title);
  }

  private Map<String, Table> checked(Map<String, Table> answers) {
    Map<String, Table> checked = new LinkedHashMap<>();
    answers.forEach((name, table) -> checked.put(name, checked(table)));
    return checked;
  }

  private MicroWorld world() {
    return session
        .world()
        .orElseThrow(
            () ->
                new UserError(
                    "Only the micro world knows what is right, and these prompts are not its own.",
                    "Let a judge compare answers, or evaluate a benchmark."));
  }

  SoftInputs inputs() {
    return inputs;
  }

  SoftSettings settings() {
    return session.plan().values().soft();
  }

  SharedModel shared() {
    return shared;
  }

  Labeller labeller() {
    return Labeller.of(inputs.pool(), inputs.template(), settings());
  }

  /** The prompt with its id where it is one of the lab's, since draws depend on the id. */
  private Prompt known(String text) {
    Supplier<Prompt> own = () -> new Prompt(text, "", text);
    return inputs.prompts().stream().filter(p -> p.text().equals(text)).findFirst().orElseGet(own);
  }

  private static Table table(List<Demonstration> rows) {
    return LabTables.demonstrations(rows);
  }

  @Override
  public String toString() {
    return "lab of " + shared.base().name();
  }

  /** Gives the memory of the model back; what was trained here and not saved is gone. */
  @Override
  public void close() {
    shared.close();
  }
}
