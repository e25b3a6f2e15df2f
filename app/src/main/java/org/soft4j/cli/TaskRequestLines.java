package org.soft4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.UserError;
import org.soft4j.eval.MetricCard;
import org.soft4j.eval.Shots;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskGroup;
import org.soft4j.eval.TaskItem;
import org.soft4j.eval.TaskRequest;
import org.soft4j.eval.yaml.TaskCatalogue;
import org.soft4j.eval.yaml.TaskPlaces;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.tokenizer.UserText;

/**
 * Everything that tasks ask of a model, as JSON for programs: one line a name, without
 * demonstrations of ours and without a chat format. A task that cannot be used has a line that says
 * why.
 */
final class TaskRequestLines {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private TaskRequestLines() {}

  /** Prints them, and tells whether there are requests for each name. */
  static boolean print(PrintWriter screen, TaskPlaces places, List<String> names) {
    boolean whole = true;
    Function<List<String>, List<TaskCatalogue.Entry>> catalogue = places.catalogue();
    for (String name : names) {
      ObjectNode line = line(name, () -> catalogue.apply(List.of(name)));
      whole &= line.findValue("error") == null;
      screen.println(line);
    }
    screen.flush();
    return whole;
  }

  private static ObjectNode line(String name, Supplier<List<TaskCatalogue.Entry>> open) {
    ObjectNode line = JSON.objectNode().put("name", name);
    try {
      ArrayNode tasks = JSON.arrayNode();
      for (TaskCatalogue.Entry entry : open.get()) {
        tasks.add(entry.task().map(TaskRequestLines::task).orElseGet(() -> absent(entry)));
      }
      line.set("tasks", tasks);
    } catch (UserError e) {
      line.put("error", e.getMessage()).put("remedy", e.remedy());
    }
    return line;
  }

  private static ObjectNode absent(TaskCatalogue.Entry entry) {
    return JSON.objectNode().put("task", entry.provider().name()).put("error", entry.missing());
  }

  private static ObjectNode task(Task task) {
    ObjectNode line = JSON.objectNode().put("task", task.name());
    ArrayNode metrics = line.putArray("metrics");
    task.card().metrics().stream().map(MetricCard::name).forEach(metrics::add);
    task.card().deviations().forEach(line.withArray("notes")::add);
    task.groups().stream().map(TaskGroup::name).forEach(line.withArray("groups")::add);
    ArrayNode items = line.putArray("requests");
    Shots none = TaskCatalogue.withoutShots(task);
    for (TaskItem item : task.items()) {
      ArrayNode requests = items.addArray();
      item.requests(none).forEach(request -> requests.add(request(request)));
    }
    return line;
  }

  private static ObjectNode request(TaskRequest request) {
    if (request instanceof TaskRequest.Rolling rolling) {
      return JSON.objectNode().put("text", UserText.unmarked(rolling.text()));
    }
    ObjectNode json = JSON.objectNode().put("context", UserText.unmarked(request.context()));
    if (request instanceof TaskRequest.Likelihood likelihood) {
      return json.put("continuation", UserText.unmarked(likelihood.continuation()));
    }
    if (request instanceof TaskRequest.Writing writing) {
      GenerationRequest how = writing.request();
      json.put("max_new_tokens", how.maxNewTokens());
      how.stopStrings().forEach(json.withArray("until")::add);
      json.put("temperature", how.sampling().temperature());
      json.put("top_p", how.sampling().topP()).put("top_k", how.sampling().topK());
    }
    return json;
  }
}
