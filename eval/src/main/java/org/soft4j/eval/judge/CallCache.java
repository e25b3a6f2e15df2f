package org.soft4j.eval.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.soft4j.error.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.run.Json;
import org.soft4j.run.RunFolder;

/**
 * Replies of judges on disk: JSON Lines, each forced to the disk before the next call is counted as
 * done, locked against a second process. A line that a kill cut short is taken away at the next
 * opening.
 */
public final class CallCache implements AutoCloseable {
  private static final String CAVEATS = "caveats";

  private final Path file;
  private final Map<String, Reply> replies = new HashMap<>();
  private Optional<FileChannel> channel = Optional.empty();

  /**
   * A kept reply.
   *
   * @param key see {@link Call#key}
   * @param call what was asked, for people
   * @param reply what came
   */
  record Entry(String key, Call call, Reply reply) {}

  private CallCache(Path file) {
    this.file = file;
  }

  /** Opens a cache; a new one is made when the first reply comes. */
  public static CallCache open(Path file) {
    CallCache cache = new CallCache(file);
    if (Files.exists(file)) {
      cache.channel();
    }
    return cache;
  }

  private FileChannel channel() {
    if (channel.isEmpty()) {
      try {
        channel = Optional.of(opened(file));
        load(channel.get());
      } catch (IOException e) {
        throw RunFolder.fault(file, e);
      }
    }
    return channel.get();
  }

  private static FileChannel opened(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new UserError(
          "The judge's cache " + file + " is in use by another process.",
          "Wait for it, stop it, or choose another folder with --out.");
    }
    return channel;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void load(FileChannel channel) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    channel.truncate(whole);
    channel.position(whole);
    String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
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
    FileChannel to = channel();
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      if (replies.putIfAbsent(entry.key(), entry.reply()) == null) {
        text.append(Json.line(line(entry))).append('\n');
      }
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
      to.force(false);
    } catch (IOException e) {
      throw RunFolder.fault(file, e);
    }
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
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      throw RunFolder.fault(file, e);
    }
  }
}
