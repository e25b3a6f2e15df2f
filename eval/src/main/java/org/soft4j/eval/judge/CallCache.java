package org.soft4j.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.core.AppendLog;
import org.soft4j.core.Json;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;

/**
 * Replies of judges on disk: JSON Lines, each forced to the disk before the next call is counted as
 * done, locked against a second process. A line that a kill cut short is taken away at the next
 * opening.
 */
public final class CallCache implements AutoCloseable {
  private static final String CAVEATS = "caveats";

  private final Path file;
  private final ProcessLock lock;
  private final AppendLog log;
  private final Map<String, Reply> replies = new HashMap<>();

  /**
   * A kept reply.
   *
   * @param key see {@link Call#key}
   * @param call what was asked, for people
   * @param reply what came
   */
  record Entry(String key, Call call, Reply reply) {}

  private CallCache(Path file, ProcessLock lock) {
    this.file = file;
    this.lock = lock;
    log = AppendLog.open(file);
    load(log.found());
  }

  /**
   * Opens a cache, and locks it before the first call: a reply that has been paid for must find its
   * place. A new file is made when the first reply comes.
   */
  public static CallCache open(Path file) {
    ProcessLock lock = ProcessLock.file(file, "--out");
    try {
      return new CallCache(file, lock);
    } catch (RuntimeException refused) {
      lock.close(); // else a mended file were locked as long as this process lives
      throw refused;
    }
  }

  private void load(List<String> lines) {
    String text = String.join("\n", lines);
    for (ObjectNode line : Json.readLines(text, ObjectNode.class, file.toString())) {
      Map<String, Double> logProbabilities = new HashMap<>();
      line.path("log_probabilities")
          .properties()
          .forEach(e -> logProbabilities.put(e.getKey(), number(e.getKey(), e.getValue())));
      Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
      line.path(CAVEATS).forEach(name -> Caveat.of(name.asText()).ifPresent(caveats::add));
      replies.put(
          line.path("key").asText(),
          new Reply(
              line.path("text").asText(),
              logProbabilities,
              line.path("prompt_tokens").asInt(),
              line.path("new_tokens").asInt(),
              caveats));
    }
  }

  private double number(String token, JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    throw new UserError(
        "%s: the log-probability of \"%s\" is %s, which is no number."
            .formatted(file, token, value),
        "Delete the file, and let another judge be asked.");
  }

  /** The reply kept under a key. */
  synchronized Optional<Reply> get(String key) {
    return Optional.ofNullable(replies.get(key));
  }

  /**
   * Keeps replies; they are on the disk when this returns. Those that are known stay as they are.
   */
  synchronized void put(List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    for (Entry entry : entries) {
      if (replies.putIfAbsent(entry.key(), entry.reply()) == null) {
        lines.add(Json.line(line(entry)));
      }
    }
    log.add(lines);
  }

  private static ObjectNode line(Entry entry) {
    ObjectNode line = Json.mapper().createObjectNode();
    line.put("key", entry.key())
        .put("protocol", entry.call().protocol())
        .put("about", entry.call().about())
        .put("repeat", entry.call().repeat())
        .put("text", entry.reply().text())
        .put("prompt_tokens", entry.reply().promptTokens())
        .put("new_tokens", entry.reply().newTokens());
    if (!entry.reply().caveats().isEmpty()) {
      entry.reply().caveats().stream().map(Caveat::text).forEach(line.putArray(CAVEATS)::add);
    }
    entry.reply().logProbabilities().forEach(line.withObjectProperty("log_probabilities")::put);
    return line;
  }

  @Override
  public void close() {
    lock.close();
  }
}
