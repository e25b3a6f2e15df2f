package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.core.Sha256;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.Measurement;
import org.soft4j.eval.Measurements;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.metric.Aggregate;
import org.soft4j.lm.ModelIdentity;

/**
 * The tree of results_DATE.json, with the harness's keys in its order; what only the harness has,
 * such as its versions, is null.
 *
 * @param source what was evaluated, when, and how
 * @param tasks with their lines
 */
record LmEvalResults(LmEvalSource source, List<Logged> tasks) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NO_ERROR = "N/A";

  /**
   * A task with the lines of its samples file.
   *
   * @param name in the files
   * @param whole the task with all items of its set
   */
  record Logged(String name, Task whole, AnsweredTask answered, List<LmEvalLine> lines) {
    /** What stands in its samples file. */
    String samples() {
      return lines.stream()
          .map(line -> PythonJson.line(line.fields()) + "\n")
          .collect(Collectors.joining());
    }

    /** The task's scores, of metrics that some item says something about. */
    List<Measurement> scores() {
      List<ItemSample> samples = answered.items().stream().map(AnsweredTask.Item::sample).toList();
      return Measurements.of(answered.card(), 0, answered.shots(), samples);
    }

    List<FilteredMetric> metrics() {
      return scores().stream().map(score -> FilteredMetric.of(score.metric())).toList();
    }

    /** How a metric's items are put together; empty for their mean. */
    Optional<Aggregate> over(String metric) {
      return answered.card().metrics().stream()
          .filter(card -> FilteredMetric.of(card.name()).name().equals(metric))
          .findFirst()
          .flatMap(MetricCard::over);
    }

    /** The metrics whatever the filter. */
    List<String> metricNames() {
      return metrics().stream().map(FilteredMetric::name).distinct().toList();
    }
  }

  ObjectNode tree() {
    ObjectNode tree = JSON.objectNode();
    LmEvalGroups groups = LmEvalGroups.of(tasks);
    ObjectNode results = byTask(LmEvalResults::scores);
    results.setAll(groups.results());
    tree.set("results", results);
    if (!groups.scored().isEmpty()) {
      tree.set("groups", groups.scored());
    }
    tree.set("group_subtasks", groups.members());
    tree.set("configs", byTask(LmEvalResults::definition));
    ObjectNode versions = tree.putObject("versions");
    ObjectNode shots = tree.putObject("n-shot");
    for (Logged task : tasks) {
      versions.set(task.name(), version(task));
      shots.put(task.name(), task.answered().shots());
    }
    groups.versions(versions);
    groups.shots(shots);
    ObjectNode directions = byTask(LmEvalResults::directions);
    groups.directions(directions);
    tree.set("higher_is_better", directions);
    tree.set("n-samples", byTask(LmEvalResults::counts));
    tree.set("config", config());
    tree.put("git_hash", (String) null);
    tree.put("date", source.seconds());
    tree.put("pretty_env_info", source.environment());
    about(tree);
    return tree;
  }

  private ObjectNode byTask(Function<Logged, ObjectNode> value) {
    ObjectNode object = JSON.objectNode();
    tasks.forEach(task -> object.set(task.name(), value.apply(task)));
    return object;
  }

  private static ObjectNode scores(Logged task) {
    ObjectNode scores = JSON.objectNode();
    scores.put("name", task.name()).put("alias", task.name());
    scores.put("sample_len", task.answered().items().size());
    task.scores().forEach(score -> put(scores, score));
    return scores;
  }

  /** A value and its error, which is a text where there is none. */
  static void put(ObjectNode scores, Measurement score) {
    FilteredMetric metric = FilteredMetric.of(score.metric());
    scores.put(metric.name() + "," + metric.filter(), score.value());
    String error = metric.name() + "_stderr," + metric.filter();
    if (Double.isNaN(score.standardError())) {
      scores.put(error, NO_ERROR);
    } else {
      scores.put(error, score.standardError());
    }
  }

  private static ObjectNode definition(Logged task) {
    ObjectNode definition = JSON.objectNode().put("task", task.name());
    definition.put("description", task.answered().card().title());
    definition.put("num_fewshot", task.answered().shots());
    var metrics = definition.putArray("metric_list");
    for (String metric : task.metricNames()) {
      metrics
          .addObject()
          .put("metric", metric)
          .put("aggregation", task.over(metric).map(Aggregate::harnessName).orElse("mean"))
          .put("higher_is_better", higher(task, metric));
    }
    definition.put("output_type", outputType(task.answered()));
    definition.put(
        "repeats",
        task.answered().items().stream().mapToInt(one -> one.item().repeats()).max().orElse(1));
    definition.putObject("metadata").set("version", version(task));
    return definition;
  }

  private static String outputType(AnsweredTask task) {
    List<TaskRequest> requests =
        task.items().stream().flatMap(item -> item.requests().stream()).toList();
    if (requests.stream().allMatch(TaskRequest.Rolling.class::isInstance)) {
      return "loglikelihood_rolling";
    }
    return requests.stream().allMatch(TaskRequest.Likelihood.class::isInstance)
        ? "multiple_choice"
        : "generate_until";
  }

  /** The harness writes versions as floats. */
  private static JsonNode version(Logged task) {
    String version = task.answered().card().version();
    return version.matches("\\d+(\\.\\d+)?")
        ? JSON.numberNode(Double.parseDouble(version))
        : JSON.textNode(version);
  }

  private static ObjectNode directions(Logged task) {
    ObjectNode directions = JSON.objectNode();
    task.metricNames().forEach(metric -> directions.put(metric, higher(task, metric)));
    return directions;
  }

  private static boolean higher(Logged task, String metric) {
    return task.over(metric).map(Aggregate::higherIsBetter).orElse(true);
  }

  private static ObjectNode counts(Logged task) {
    return JSON.objectNode()
        .put("original", task.whole().items().size())
        .put("effective", task.answered().items().size());
  }

  private ObjectNode config() {
    ModelIdentity model = source.model();
    ObjectNode config = JSON.objectNode().put("model", source.name());
    config.put("model_args", (String) null);
    config.put("model_num_parameters", model.parameters());
    config.put("model_dtype", "torch." + model.dtype());
    config.put("model_revision", (String) null).put("model_sha", model.digest());
    config.put("batch_size", (String) null).putArray("batch_sizes");
    config.put("device", model.device()).put("use_cache", (String) null);
    config.set("limit", source.limit() > 0 ? JSON.numberNode(source.limit()) : JSON.nullNode());
    config.put("bootstrap_iters", 0).put("gen_kwargs", (String) null);
    for (String seed : List.of("random_seed", "numpy_seed", "torch_seed", "fewshot_seed")) {
      config.put(seed, source.seed());
    }
    return config;
  }

  private void about(ObjectNode tree) {
    tree.put("transformers_version", (String) null);
    tree.put("lm_eval_version", (String) null).put("upper_git_hash", (String) null);
    for (String token : List.of("pad", "eos", "bos")) {
      tree.putArray("tokenizer_" + token + "_token").add("None").add("None");
    }
    tree.put("eot_token_id", (Integer) null).put("max_length", (Integer) null);
    ObjectNode digests = tree.putObject("task_hashes");
    tasks.forEach(task -> digests.put(task.name(), digest(task.lines())));
    tree.put("model_source", "soft4j").put("model_name", source.name());
    tree.put("model_name_sanitized", LmEvalNames.folder(source.name()));
    tree.put("system_instruction", (String) null).put("system_instruction_sha", (String) null);
    tree.put("fewshot_as_multiturn", source.chatTemplate().isPresent());
    tree.put("chat_template", source.chatTemplate().orElse(null));
    tree.put("chat_template_sha", source.chatTemplate().map(Sha256::of).orElse(null));
    tree.put("total_evaluation_time_seconds", "None");
  }

  private static String digest(List<LmEvalLine> lines) {
    return Sha256.of(lines.stream().map(LmEvalLine::digests).collect(Collectors.joining()));
  }
}
