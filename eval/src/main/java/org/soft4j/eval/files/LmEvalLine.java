package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.ItemDocument;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.run.Provenance;

/**
 * One answered item as the harness logs it (evaluator.py, {@code log_samples};
 * evaluation_tracker.py, {@code save_results_samples}).
 *
 * @param fields in the harness's order
 */
record LmEvalLine(ObjectNode fields) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The line of an item.
   *
   * @param number of the item in its whole data set
   */
  static LmEvalLine of(int number, TaskCard card, AnsweredTask.Item answered) {
    ItemDocument document = answered.item().document();
    ObjectNode line = JSON.objectNode().put("doc_id", number);
    line.set("doc", document.fields());
    line.put("target", document.target());
    line.set("arguments", arguments(answered.requests()));
    ArrayNode filtered = responses(answered);
    ArrayNode responses = line.putArray("resps");
    filtered.forEach(response -> responses.addArray().add(response));
    line.set("filtered_resps", filtered);
    line.put("filter", "none");
    List<String> metrics = metrics(card, answered.sample());
    metrics.forEach(line.putArray("metrics")::add);
    line.put("doc_hash", Provenance.digest(PythonJson.indented(document.fields())));
    line.put("prompt_hash", Provenance.digest(answered.requests().get(0).context()));
    line.put("target_hash", Provenance.digest(document.target()));
    metrics.forEach(name -> line.set(name, value(name, document, answered.sample())));
    return new LmEvalLine(line);
  }

  /** What the harness's digest of a whole task is taken over. */
  String digests() {
    return text("doc_hash") + text("prompt_hash") + text("target_hash");
  }

  private String text(String field) {
    return fields.path(field).asText();
  }

  /** In the order of the card; a metric that says nothing about the item is left out. */
  private static List<String> metrics(TaskCard card, ItemSample sample) {
    return card.metrics().stream()
        .map(MetricCard::name)
        .filter(sample.metrics()::containsKey)
        .toList();
  }

  private static JsonNode value(String metric, ItemDocument document, ItemSample sample) {
    double value = sample.metrics().get(metric);
    return document.counts().contains(metric)
        ? JSON.numberNode(Math.round(value))
        : JSON.numberNode(value);
  }

  private static ObjectNode arguments(List<TaskRequest> requests) {
    ObjectNode arguments = JSON.objectNode();
    for (int i = 0; i < requests.size(); i++) {
      TaskRequest request = requests.get(i);
      ObjectNode two = arguments.putObject("gen_args_" + i).put("arg_0", request.context());
      if (request instanceof TaskRequest.Likelihood likelihood) {
        two.put("arg_1", likelihood.continuation());
      } else if (request instanceof TaskRequest.Writing writing) {
        two.set("arg_1", settings(writing.request()));
      }
    }
    return arguments;
  }

  private static ObjectNode settings(GenerationRequest request) {
    ObjectNode settings = JSON.objectNode();
    settings.put("temperature", request.sampling().temperature());
    settings.put("do_sample", !request.sampling().greedy());
    settings.put("max_gen_toks", request.maxNewTokens());
    request.stopStrings().forEach(settings.putArray("until")::add);
    return settings;
  }

  /** Numbers are texts here, as Python's str writes them. */
  private static ArrayNode responses(AnsweredTask.Item answered) {
    Iterator<Double> logProbabilities = answered.sample().logProbabilities().iterator();
    Iterator<Boolean> greedy = answered.sample().greedy().iterator();
    Iterator<String> texts = answered.sample().texts().iterator();
    ArrayNode responses = JSON.arrayNode();
    for (TaskRequest request : answered.requests()) {
      if (request instanceof TaskRequest.Likelihood) {
        responses
            .addArray()
            .add(PythonJson.repr(logProbabilities.next()))
            .add(greedy.next() ? "True" : "False");
      } else {
        responses.add(texts.next());
      }
    }
    return responses;
  }
}
