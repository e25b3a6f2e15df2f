package org.soft4j.study.grid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.soft4j.run.SoftSession;
import org.soft4j.table.Decimals;

/**
 * One run of a study.
 *
 * @param folder within the study's
 * @param condition that it is of
 * @param seed of everything drawn at random
 * @param rate its learning rate
 * @param session that runs it
 * @param texts its settings, by key
 */
public record StudyCell(
    String folder,
    StudyCondition condition,
    long seed,
    double rate,
    SoftSession session,
    Map<String, String> texts) {
  /** Of a run, written last. */
  private static final String LAST = "report.html";

  StudyCell(String folder, StudyCondition condition, long seed, double rate, SoftSession session) {
    this(folder, condition, seed, rate, session, session.plan().settings().texts());
  }

  /** In words. */
  public String words() {
    boolean tuning = folder.startsWith("tuning");
    return "%s, seed %s%s"
        .formatted(condition.name(), seed, tuning ? ", rate " + Decimals.plain(rate) : "");
  }

  /** Where it lies. */
  public Path in(Path study) {
    return study.resolve(folder);
  }

  /** Whether it has come to its end. */
  public boolean finished(Path study) {
    return Files.isRegularFile(in(study).resolve(LAST))
        && Files.isRegularFile(in(study).resolve("result.json"));
  }
}
