package org.soft4j.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.soft4j.core.AppendLog;
import org.soft4j.core.FileFault;
import org.soft4j.core.InputFile;
import org.soft4j.core.Json;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.lm.Caveat;

/**
 * Answers of an evaluation that is under way, by the digest of who was asked what. They are written
 * chunk by chunk, each a whole file, so that a killed evaluation loses at most one chunk.
 */
final class AnswerStore {
  private static final String SINGLE = "single.jsonl";
  private static final String CAVEATS = "caveats";

  private final Path folder;
  private final Map<String, TaskAnswer> answers = new HashMap<>();
  private final AppendLog single;
  private int chunks;

  /** Opens the store and reads what an earlier process has left in it. */
  AnswerStore(Path folder) {
    this.folder = folder;
    while (isWhole(file(chunks))) {
      Path file = file(chunks);
      read(WholeFile.read(file), file);
      chunks++;
    }
    Path file = folder.resolve(SINGLE);
    single = AppendLog.open(file);
    read(String.join("\n", single.found()), file);
  }

  /** A chunk that a failing disk has cut off is computed again, as if it had not been there. */
  private static boolean isWhole(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      byte[] bytes = InputFile.bytes(file, InputFile.MOST_TEXT);
      return bytes.length > 0 && bytes[bytes.length - 1] == '\n';
    } catch (IOException e) {
      throw FileFault.of(file, e);
    }
  }

  Optional<TaskAnswer> find(String key) {
    return Optional.ofNullable(answers.get(key));
  }

  /**
   * Keeps one answer as it comes, for models whose answers stand alone; a line that a kill cuts is
   * taken away at the next opening.
   */
  void keep(String key, TaskAnswer answer) {
    single.add(Json.line(line(key, answer)));
    answers.put(key, answer);
  }

  private void read(String text, Path file) {
    Json.readLines(text, JsonNode.class, file.toString())
        .forEach(line -> answers.put(line.path("key").asText(), answer(line, file)));
  }

  /** Keeps a chunk of answers. */
  void add(Map<String, TaskAnswer> chunk) {
    List<ObjectNode> lines =
        chunk.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
    WholeFile.write(file(chunks), Json.lines(lines));
    chunks++;
    answers.putAll(chunk);
  }

  /** Removes the files, once all samples are written. */
  void clear() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw FileFault.of(folder, e);
    }
  }

  private Path file(int number) {
    return folder.resolve(String.format(Locale.ROOT, "%06d.jsonl", number));
  }

  private static ObjectNode line(String key, TaskAnswer answer) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", key);
    if (!answer.caveats().isEmpty()) {
      answer.caveats().stream().map(Caveat::text).forEach(line.putArray(CAVEATS)::add);
    }
    if (answer instanceof TaskAnswer.Likelihood likelihood) {
      return line.put("log_probability", likelihood.logProbability())
          .put("tokens", likelihood.tokens())
          .put("greedy", likelihood.greedy());
    }
    TaskAnswer.Writing writing = (TaskAnswer.Writing) answer;
    return line.put("text", writing.text())
        .put("tokens", writing.tokens())
        .put("ended", writing.ended());
  }

  private static TaskAnswer answer(JsonNode line, Path file) {
    boolean unscored = caveats(line).stream().anyMatch(Caveat::unusable);
    if (!line.has("text") && !unscored && !line.path("log_probability").isNumber()) {
      throw new UserError(
          "%s: the log-probability of an answer is %s, which is no number."
              .formatted(file, line.path("log_probability")),
          "Delete the folder %s, and ask another model: this one is broken."
              .formatted(file.getParent()));
    }
    return line.has("text")
        ? new TaskAnswer.Writing(
            line.path("text").asText(),
            line.path("tokens").asInt(),
            line.path("ended").asBoolean(),
            caveats(line))
        : new TaskAnswer.Likelihood(
            unscored ? Double.NaN : line.path("log_probability").asDouble(),
            line.path("tokens").asInt(),
            line.path("greedy").asBoolean(),
            caveats(line));
  }

  private static Set<Caveat> caveats(JsonNode line) {
    Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
    line.path(CAVEATS).forEach(name -> Caveat.of(name.asText()).ifPresent(caveats::add));
    return caveats;
  }
}
