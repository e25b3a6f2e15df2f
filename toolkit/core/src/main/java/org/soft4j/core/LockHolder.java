package org.soft4j.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Who holds a lock, as its file says. It informs people; whether the lock is held is the operating
 * system's word alone, so that a holder that has died, here or on another machine, is in nobody's
 * way.
 *
 * @param command such as {@code soft4j judge}
 * @param process its number on its machine
 * @param host name of its machine
 * @param since when it took the lock
 */
record LockHolder(String command, long process, String host, Instant since) {
  private static final int MOST_LETTERS = 80;
  private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

  /** This process, now. */
  static LockHolder here() {
    return new LockHolder(
        command(System.getProperty("sun.java.command", "")),
        ProcessHandle.current().pid(),
        hostName(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The command without its flags, which may name anything. */
  static String command(String typed) {
    String[] words = typed.strip().split("\\s+");
    String program = words[0].replaceAll("^.*[/\\\\]", "");
    if (!program.endsWith(".soft4j.cli.Main")) {
      String name = program.endsWith(".jar") ? program : program.replaceAll("^.*\\.", "");
      return name.isEmpty() ? "a Java program" : name;
    }
    StringBuilder command = new StringBuilder("soft4j");
    // Two words at most: a name such as models fetch; what follows are paths.
    for (int i = 1; i < Math.min(3, words.length) && words[i].matches("[a-z][a-z0-9-]*"); i++) {
      command.append(' ').append(words[i]);
    }
    return command.toString();
  }

  private static String hostName() {
    try {
      return Files.isReadable(HOST)
          ? Files.readString(HOST).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return "this machine";
    }
  }

  /** One line of JSON. */
  String line() {
    return Json.line(
        Json.mapper()
            .createObjectNode()
            .put("command", command)
            .put("process", process)
            .put("host", host)
            .put("since", since.toString()));
  }

  /** Reads what a lock file holds; empty where that is something else. */
  static Optional<LockHolder> read(String line) {
    try {
      JsonNode json = Json.mapper().readTree(line);
      return Optional.of(
          new LockHolder(
              text(json, "command"),
              json.path("process").asLong(),
              text(json, "host"),
              Instant.parse(text(json, "since"))));
    } catch (JsonProcessingException | RuntimeException anything) {
      return Optional.empty();
    }
  }

  /** What stands in a folder of other people may be long. */
  private static String text(JsonNode json, String name) {
    String text = json.path(name).asText();
    return text.substring(0, Math.min(MOST_LETTERS, text.length()));
  }

  /** As a part of a sentence. */
  String words() {
    return "%s (process %s on %s since %s)".formatted(command, process, host, since);
  }
}
