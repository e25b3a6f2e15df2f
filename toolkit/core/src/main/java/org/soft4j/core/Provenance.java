package org.soft4j.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Where results come from: rules, versions, the commit. */
public final class Provenance {
  /**
   * The rules by which texts become tokens, scores, ends of answers, words and verdicts. Raised
   * whenever a change of them changes numbers: what was begun by other rules is not gone on with,
   * so that no folder holds numbers of both. 1: not written down; a whole text's tokens were
   * scored, stop texts were sought in answers without their special tokens. 2: as
   * lm-evaluation-harness scores across a border, stop texts that are special tokens end answers.
   */
  public static final int RULES = 2;

  private Provenance() {}

  /** Versions of what runs here. */
  public static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put(
        "soft4j",
        Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
            .orElse("development"));
    versions.put("java", System.getProperty("java.version"));
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }

  /**
   * Commit of a source tree, with "+dirty" where files differ from it; "unknown" where there is no
   * git or no repository.
   *
   * @param tree a folder inside it
   */
  public static String commit(Path tree) {
    return git(tree, "rev-parse", "HEAD")
        .map(c -> c.strip() + git(tree, "status", "--porcelain").map(Provenance::dirty).orElse(""))
        .orElse("unknown");
  }

  private static String dirty(String status) {
    return status.isBlank() ? "" : "+dirty";
  }

  private static Optional<String> git(Path tree, String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(List.of("git", "--no-optional-locks", "-C", tree.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(5, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
