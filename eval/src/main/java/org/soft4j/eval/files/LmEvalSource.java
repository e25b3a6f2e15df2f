package org.soft4j.eval.files;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.soft4j.lm.ModelIdentity;

/**
 * Whose results are written, and how they came about.
 *
 * @param name of the model as it was named, such as a folder or an endpoint's model
 * @param model its identity
 * @param limit at most so many items of each task; 0 for all
 * @param seed of the draws of demonstrations
 * @param chatTemplate where everything was written in the model's chat format
 * @param environment versions, for people
 * @param date of the files' names, local time
 */
public record LmEvalSource(
    String name,
    ModelIdentity model,
    int limit,
    long seed,
    Optional<String> chatTemplate,
    String environment,
    LocalDateTime date) {
  /** Seconds since 1970. */
  double seconds() {
    var instant = date.atZone(ZoneId.systemDefault()).toInstant();
    return instant.getEpochSecond() + instant.getNano() / 1e9;
  }
}
