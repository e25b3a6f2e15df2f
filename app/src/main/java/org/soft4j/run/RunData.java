package org.soft4j.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.HelpfulPool;
import org.soft4j.datasets.PoolFiles;
import org.soft4j.datasets.Prompt;
import org.soft4j.datasets.PromptFiles;
import org.soft4j.datasets.micro.MicroSets;
import org.soft4j.datasets.micro.MicroTruth;
import org.soft4j.datasets.micro.MicroWorld;
import org.soft4j.eval.ContextForm;
import org.soft4j.eval.EvaluationSettings;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskOptions;
import org.soft4j.eval.Tasks;
import org.soft4j.eval.judge.FastChatPrompts;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.judging.AnswerJudging;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.PromptFacts;
import org.soft4j.settings.DataSettings;
import org.soft4j.soft.IclPool;
import org.soft4j.soft.KnownAnswers;
import org.soft4j.soft.SoftInputs;

/** Loads what a plan names: prompts, pool, validation pairs, template, benchmarks. */
public final class RunData {
  /** Of the sources: where the validation pairs come from. */
  static final String VALIDATION_FROM = "validation_from";

  private static final String MICRO = "micro";
  private static final String HELPFUL = "helpful";
  // Of the real prompt files this one is no benchmark's; the others are large or AlpacaEval's.
  private static final String DEFAULT_PROMPTS = "prompts/self_instruct_seed.jsonl";

  private final RunPlan plan;

  public RunData(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * What the run works on.
   *
   * @param template chosen for the model
   */
  SoftInputs inputs(List<Task> tasks, PromptTemplate template) {
    ValidationSet validation = validation();
    Map<String, String> sources = new LinkedHashMap<>(plan.sources());
    sources.put(VALIDATION_FROM, validation.from());
    return new SoftInputs(
        prompts(),
        IclPool.of(validation.pool()),
        template,
        validation.rows(),
        questions(tasks),
        sources,
        micro() ? known(world()) : KnownAnswers.NONE);
  }

  /** What is known of the answers to the prompts of a micro world. */
  public static KnownAnswers known(MicroWorld world) {
    MicroTruth truth = new MicroTruth(world);
    return new KnownAnswers(
        (prompt, response) -> truth.judge(prompt, response).map(MicroTruth.Judgement::right),
        truth::inForm);
  }

  private static Map<String, List<String>> questions(List<Task> tasks) {
    Map<String, List<String>> questions = new LinkedHashMap<>();
    tasks.forEach(task -> questions.put(task.name(), task.questions()));
    return questions;
  }

  public List<Task> tasks() {
    return wholeTasks().stream().map(task -> task.limited(plan.values().data().limit())).toList();
  }

  /** The benchmarks with all of their items. */
  public List<Task> wholeTasks() {
    return places().open(Tasks.standard(), plan.values().data().tasks());
  }

  private TaskPlaces places() {
    return plan.values().places();
  }

  /** How the benchmarks are measured after every round. */
  public TaskEvaluation evaluation(
      List<Task> tasks, PromptTemplate template, TaskEvaluation.Listener listener) {
    DataSettings data = plan.values().data();
    EvaluationSettings how =
        plan.values().eval().at(data.shots(), data.shotsOf(), plan.values().soft().seed());
    return new TaskEvaluation(tasks, how, validation().pool(), ContextForm.of(template), listener);
  }

  /** FastChat's prompts, where one of the tasks is judged by them. */
  public Optional<FastChatPrompts> judgePrompts(List<Task> tasks) {
    return judgePrompts(tasks, places().taskOptions());
  }

  public static Optional<FastChatPrompts> judgePrompts(List<Task> tasks, TaskOptions options) {
    return AnswerJudging.needsPrompts(tasks)
        ? Optional.of(
            FastChatPrompts.read(options.path("judge.prompts", "fastchat/judge_prompts.jsonl")))
        : Optional.empty();
  }

  boolean micro() {
    return plan.values().data().prompts().equals(MICRO);
  }

  MicroWorld world() {
    return MicroWorld.named(plan.values().world());
  }

  /** The template that is asked for, or else the model's own, by the model's files alone. */
  public ChosenTemplate template() {
    return LocalOpening.promptFacts(plan.values().model().choice(), this::template);
  }

  /** The template that is asked for, or else the model's own. */
  public ChosenTemplate template(PromptFacts model) {
    return ChosenTemplate.of(plan.values().data().template(), model);
  }

  private List<Prompt> prompts() {
    if (micro()) {
      return sets().prompts();
    }
    if (!plan.values().data().prompts().isEmpty()) {
      return PromptFiles.read(file("prompts", plan.values().data().prompts(), List.of(MICRO)));
    }
    return PromptFiles.read(usual());
  }

  /** Where the prompts come from: a name, or a file. */
  String promptSource() {
    String given = plan.values().data().prompts();
    return given.isEmpty() ? usual().toString() : given;
  }

  private Path usual() {
    return places()
        .data()
        .or(HomeFolder::data)
        .map(folder -> folder.resolve(DEFAULT_PROMPTS))
        .filter(Files::isRegularFile)
        .orElseThrow(
            () ->
                new UserError(
                    "The preset %s needs prompts, and none are given.".formatted(plan.name()),
                    "Give --prompts FILE (.jsonl, .csv or .parquet with a prompt a row), fetch"
                        + " the usual ones with ./soft4j datasets fetch self_instruct_seed,"
                        + " or set SOFT4J_DATA to a folder that holds "
                        + DEFAULT_PROMPTS
                        + "."));
  }

  private List<Demonstration> pool() {
    return pool(plan.values().data().pool(), world(), plan.values().soft().seed());
  }

  /**
   * A pool from a file, or an embedded one by name.
   *
   * @param world of the pool called micro
   * @param seed that draws the pool called micro
   */
  public static List<Demonstration> pool(String nameOrFile, MicroWorld world, long seed) {
    return switch (nameOrFile) {
      case MICRO -> new MicroSets(world, seed).pool();
      case HELPFUL -> HelpfulPool.demonstrations();
      default -> PoolFiles.read(file("pool", nameOrFile, List.of(MICRO, HELPFUL)));
    };
  }

  /** A word that is no file was perhaps meant to be a name. */
  private static Path file(String flag, String word, List<String> names) {
    Path file = Path.of(word);
    if (Files.exists(file)) {
      return file;
    }
    throw new UserError(
        "--%s %s: there is no such file, and no such name.%s"
            .formatted(flag, word, DidYouMean.hint(word, names)),
        "Check the path of a .jsonl, .csv or .parquet file, or give a name: %s."
            .formatted(String.join(", ", names)));
  }

  private ValidationSet validation() {
    DataSettings data = plan.values().data();
    if (data.validationShare() > 0) {
      return ValidationSet.held(pool(), data.validationShare(), plan.values().soft().seed());
    }
    String named = data.validation();
    if (named.isEmpty()) {
      return new ValidationSet(
          micro() ? sets().validation() : HelpfulPool.validation(),
          pool(),
          micro() ? "of the micro world" : "embedded (helpful)");
    }
    return switch (named) {
      case MICRO -> ValidationSet.of(sets().validation(), pool(), "of the micro world");
      case HELPFUL -> ValidationSet.of(HelpfulPool.validation(), pool(), "embedded (helpful)");
      default ->
          ValidationSet.of(
              PoolFiles.read(file("validation", named, List.of(MICRO, HELPFUL))),
              pool(),
              "from " + named);
    };
  }

  private MicroSets sets() {
    return new MicroSets(world(), plan.values().soft().seed());
  }
}
