package org.soft4j.eval.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.soft4j.core.Json;
import org.soft4j.core.Sha256;
import org.soft4j.eval.AnsweredTask;
import org.soft4j.eval.Document;
import org.soft4j.eval.FilteredMetric;
import org.soft4j.eval.ItemSample;
import org.soft4j.eval.TaskCard;
import org.soft4j.eval.TaskRequest;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.template.PythonValues;
import org.soft4j.lm.tokenizer.UserText;

/**
 * One answered item under one filter, as the harness logs it (evaluator.py, {@code log_samples};
 * evaluation_tracker.py, {@code save_results_samples}).
 *
 * @param fields in the harness's order
 */
record LmEvalLine(ObjectNode fields) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The lines of an item, one for every filter.
   *
   * @param number of the item in its whole data set
   */
  static List<LmEvalLine> of(int number, TaskCard card, AnsweredTask.Item answered) {
    Map<String, List<FilteredMetric>> byFilter =
        card.metrics().stream()
            .map(metric -> FilteredMetric.of(metric.name()))
            // A metric that says nothing about the item is left out.
            .filter(metric -> has(answered.sample(), metric))
            .collect(
                Collectors.groupingBy(
                    FilteredMetric::filter, LinkedHashMap::new, Collectors.toList()));
    if (byFilter.isEmpty()) {
      byFilter.put(FilteredMetric.NONE, List.of()); // answers that a judge grades later
    }
    return byFilter.entrySet().stream()
        .map(group -> of(number, group.getKey(), group.getValue(), answered))
        .toList();
  }

  private static LmEvalLine of(
      int number, String filter, List<FilteredMetric> metrics, AnsweredTask.Item answered) {
    Document.Logged document = answered.item().document().logged();
    ObjectNode line = JSON.objectNode().put("doc_id", number);
    line.set("doc", document.fields());
    line.put("target", document.target());
    line.set("arguments", arguments(once(answered)));
    ArrayNode responses = line.putArray("resps");
    List<List<JsonNode>> given = responses(answered, texts -> texts);
    given.forEach(response -> responses.addArray().addAll(response));
    ArrayNode filtered = line.putArray("filtered_resps");
    responses(answered, texts -> answered.item().filtered(filter, texts)).forEach(filtered::addAll);
    line.put("filter", filter);
    ArrayNode names = line.putArray("metrics");
    metrics.forEach(metric -> names.add(metric.name()));
    line.put("doc_hash", Sha256.of(PythonJson.indented(document.fields())));
    line.put("prompt_hash", Sha256.of(first(answered.requests().get(0))));
    line.put("target_hash", Sha256.of(document.target()));
    metrics.forEach(metric -> line.set(metric.name(), value(metric, document, answered.sample())));
    return new LmEvalLine(line);
  }

  /** Which filter its answers went through. */
  String filter() {
    return text("filter");
  }

  /** What the item came to under a metric, where it is one of this line. */
  OptionalDouble value(FilteredMetric metric) {
    return metric.filter().equals(filter()) && fields.path(metric.name()).isNumber()
        ? OptionalDouble.of(fields.path(metric.name()).asDouble())
        : OptionalDouble.empty();
  }

  /** What the harness's digest of a whole task is taken over. */
  String digests() {
    return text("doc_hash") + text("prompt_hash") + text("target_hash");
  }

  private String text(String field) {
    return fields.path(field).asText();
  }

  private static boolean has(ItemSample sample, FilteredMetric metric) {
    return sample.metrics().containsKey(metric.text()) || sample.parts().containsKey(metric.text());
  }

  /** What stands first in a request: its context, or the whole text. */
  private static String first(TaskRequest request) {
    return read(request instanceof TaskRequest.Rolling whole ? whole.text() : request.context());
  }

  private static JsonNode value(
      FilteredMetric metric, Document.Logged document, ItemSample sample) {
    List<Object> parts = sample.parts().get(metric.text());
    if (parts != null) {
      // The harness logs what it aggregates: a pair, or a number alone.
      ArrayNode values = Json.mapper().valueToTree(parts);
      return parts.size() == 1 ? values.get(0) : values;
    }
    double value = sample.metrics().get(metric.text());
    return document.counts().contains(metric.name())
        ? JSON.numberNode(Math.round(value))
        : JSON.numberNode(value);
  }

  private static ObjectNode arguments(List<TaskRequest> requests) {
    ObjectNode arguments = JSON.objectNode();
    for (int i = 0; i < requests.size(); i++) {
      TaskRequest request = requests.get(i);
      ObjectNode two = arguments.putObject("gen_args_" + i).put("arg_0", first(request));
      if (request instanceof TaskRequest.Likelihood likelihood) {
        two.put("arg_1", read(likelihood.continuation()));
      } else if (request instanceof TaskRequest.Writing writing) {
        two.set("arg_1", settings(writing.request()));
      }
    }
    return arguments;
  }

  /** Marks are for this program's tokenizers alone. */
  private static String read(String text) {
    return UserText.unmarked(text);
  }

  private static ObjectNode settings(GenerationRequest request) {
    ObjectNode settings = JSON.objectNode();
    settings.put("temperature", request.sampling().temperature());
    settings.put("do_sample", !request.sampling().greedy());
    settings.put("max_gen_toks", request.maxNewTokens());
    request.stopStrings().forEach(settings.putArray("until")::add);
    return settings;
  }

  /** The requests, each once, however often it was asked. */
  private static List<TaskRequest> once(AnsweredTask.Item answered) {
    int repeats = answered.item().repeats();
    return IntStream.iterate(0, i -> i < answered.requests().size(), i -> i + repeats)
        .mapToObj(answered.requests()::get)
        .toList();
  }

  /** The answers to each request. Numbers are texts here, as Python's str writes them. */
  private static List<List<JsonNode>> responses(
      AnsweredTask.Item answered, UnaryOperator<List<String>> filter) {
    Iterator<Double> logProbabilities = answered.sample().logProbabilities().iterator();
    Iterator<Boolean> greedy = answered.sample().greedy().iterator();
    Iterator<String> texts = answered.sample().texts().iterator();
    List<List<JsonNode>> responses = new ArrayList<>();
    if (!answered.sample().usable()) {
      return responses; // one of the answers has no value, and none is kept
    }
    for (TaskRequest request : once(answered)) {
      if (request instanceof TaskRequest.Rolling) {
        greedy.next();
        responses.add(List.of(JSON.textNode(PythonValues.repr(logProbabilities.next()))));
      } else if (request instanceof TaskRequest.Likelihood) {
        ArrayNode score = JSON.arrayNode().add(PythonValues.repr(logProbabilities.next()));
        responses.add(List.of(score.add(greedy.next() ? "True" : "False")));
      } else {
        List<String> written = new ArrayList<>();
        IntStream.range(0, answered.item().repeats()).forEach(i -> written.add(texts.next()));
        responses.add(filter.apply(written).stream().<JsonNode>map(JSON::textNode).toList());
      }
    }
    return responses;
  }
}
