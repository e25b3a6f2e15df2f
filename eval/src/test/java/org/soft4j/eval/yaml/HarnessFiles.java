package org.soft4j.eval.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.soft4j.eval.Task;
import org.soft4j.eval.TaskOptions;

/** Task files of lm-evaluation-harness with rows of our own, and what the harness makes of them. */
final class HarnessFiles {
  /** The harness's file of each task that is named otherwise. */
  private static final Map<String, String> FILES = Map.of("gsm8k_cot", "gsm8k-cot.yaml");

  private HarnessFiles() {}

  static Path folder() {
    try {
      return Path.of(HarnessFiles.class.getResource("harness/golden.json").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode golden() throws IOException {
    return new ObjectMapper().readTree(Files.readAllBytes(folder().resolve("golden.json")));
  }

  static Path file(String task) {
    return folder().resolve(FILES.getOrDefault(task, task + ".yaml"));
  }

  /** The task of a run, with as many examples as were asked for there. */
  static Task open(JsonNode run) {
    String name = run.path("task").asText();
    return open(
        name,
        run.path("shots").isNull()
            ? Map.of()
            : Map.of(name + ".num_fewshot", run.path("shots").asText()));
  }

  /** The task with the harness's own examples, the row itself among them. */
  static Task open(String task, Map<String, String> options) {
    Map<String, String> own = new HashMap<>(options);
    own.put(task + ".examples", "harness");
    return YamlTask.read(file(task))
        .open(new TaskOptions(Optional.of(folder().resolve("data")), own));
  }
}
