package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.Statistics;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.run.Provenance;

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

    List<FilteredMetric> metrics() {
      return answered.card().metrics().stream()
          .map(metric -> FilteredMetric.of(metric.name()))
          .filter(metric -> values(metric).length > 0)
          .toList();
    }

    /** The metrics whatever the filter. */
    List<String> metricNames() {
      return metrics().stream().map(FilteredMetric::name).distinct().toList();
    }

    double[] values(FilteredMetric metric) {
      return lines.stream().flatMapToDouble(line -> line.value(metric).stream()).toArray();
    }
  }

  ObjectNode tree() {
    ObjectNode tree = JSON.objectNode();
    tree.set("results", byTask(this::scores));
    tree.putObject("group_subtasks");
    tree.set("configs", byTask(LmEvalResults::definition));
    ObjectNode versions = tree.putObject("versions");
    ObjectNode shots = tree.putObject("n-shot");
    for (Logged task : tasks) {
      versions.set(task.name(), version(task));
      shots.put(task.name(), task.answered().shots());
    }
    tree.set("higher_is_better", byTask(LmEvalResults::directions));
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

  private ObjectNode scores(Logged task) {
    ObjectNode scores = JSON.objectNode();
    scores.put("name", task.name()).put("alias", task.name());
    scores.put("sample_len", task.answered().items().size());
    for (FilteredMetric metric : task.metrics()) {
      double[] values = task.values(metric);
      scores.put(metric.name() + "," + metric.filter(), Statistics.mean(values));
      String error = metric.name() + "_stderr," + metric.filter();
      if (values.length > 1) {
        scores.put(error, Statistics.standardError(values));
      } else {
        scores.put(error, NO_ERROR);
      }
    }
    return scores;
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
          .put("aggregation", "mean")
          .put("higher_is_better", true);
    }
    definition.put("output_type", outputType(task.answered()));
    definition.put("repeats", 1);
    definition.putObject("metadata").set("version", version(task));
    return definition;
  }

  private static String outputType(AnsweredTask task) {
    return task.items().stream()
            .flatMap(item -> item.requests().stream())
            .allMatch(request -> request instanceof TaskRequest.Likelihood)
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
    task.metricNames().forEach(metric -> directions.put(metric, true));
    return directions;
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
    tree.put("chat_template_sha", source.chatTemplate().map(Provenance::digest).orElse(null));
    tree.put("total_evaluation_time_seconds", "None");
  }

  private static String digest(List<LmEvalLine> lines) {
    return Provenance.digest(lines.stream().map(LmEvalLine::digests).collect(Collectors.joining()));
  }
}
