package org.soft4j.soft;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.soft4j.core.Setting;
import org.soft4j.core.UserError;
import org.soft4j.datasets.Prompt;

/** Which demonstrations stand before a prompt when it is labelled. */
public record DemonstrationSettings(
    @Setting("random draws them anew for every prompt, as the paper asks for.") Choice choice,
    @Setting(
            value =
                "Number per prompt; 3, since with fewer the micro world's contexts often lack a "
                    + "kind of task.",
            unit = "demonstrations")
        int shots) {
  /** Three at random. */
  public static final DemonstrationSettings DEFAULT = new DemonstrationSettings(Choice.RANDOM, 3);

  /** The ways to choose. */
  public enum Choice {
    /** Drawn without replacement for each prompt. */
    RANDOM,
    /** Drawn once from the run's seed, the same for all prompts. */
    FIXED,
    /** The most similar by embedding. */
    NEAREST
  }

  /** Checks the range. */
  public DemonstrationSettings {
    Checks.atLeast("demonstrations.shots", shots, 0);
  }

  /**
   * Refuses a pool with fewer demonstrations than a context shall have, once the prompt itself has
   * left it; so that no prompt is met hours later for which they do not suffice.
   *
   * @param prompts all that will be labelled
   */
  public void refuseSmaller(IclPool pool, List<Prompt> prompts) {
    Map<String, Long> own =
        pool.demonstrations().stream()
            .collect(Collectors.groupingBy(d -> d.prompt().strip(), Collectors.counting()));
    for (Prompt prompt : prompts) {
      long left = pool.size() - own.getOrDefault(prompt.text().strip(), 0L);
      if (pool.size() >= shots && left < shots) {
        throw new UserError(
            "%s demonstrations per prompt were asked for, and the ICL pool offers the prompt \"%s\""
                    .formatted(shots, prompt.id())
                + " %s besides itself.".formatted(left),
            "Enlarge the pool, or ask for fewer with --set demonstrations.shots=%s."
                .formatted(left));
      }
    }

    if (pool.size() < shots) {
      throw new UserError(
          shots
              + " demonstrations per prompt were asked for, and the ICL pool has "
              + pool.size()
              + ".",
          "Enlarge the pool, or ask for fewer with --set demonstrations.shots="
              + pool.size()
              + ".");
    }
  }

  /** The choice as a value that works. */
  public DemonstrationChoice resolve(long seed) {
    return switch (choice) {
      case RANDOM -> new DemonstrationChoice.RandomPerPrompt(shots);
      case FIXED -> new DemonstrationChoice.Fixed(shots, seed);
      case NEAREST -> new DemonstrationChoice.Nearest(shots, HashedEmbedding.DEFAULT);
    };
  }
}
