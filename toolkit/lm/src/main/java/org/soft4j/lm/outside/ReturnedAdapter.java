package org.soft4j.lm.outside;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.soft4j.core.UserError;
import org.soft4j.lm.adapter.LowRankDelta;
import org.soft4j.lm.adapter.PeftAdapter;

/**
 * An adapter that a trainer outside has written, once it was looked at.
 *
 * @param command that made it, as it was written
 * @param relation to the adapter of the round before
 * @param rank largest of its modules
 * @param targetModules names of the layers that it changes, sorted
 * @param baseModel what it calls the model it belongs to; may be empty
 * @param examples that were given to the trainer
 */
public record ReturnedAdapter(
    String command,
    Relation relation,
    int rank,
    List<String> targetModules,
    String baseModel,
    int examples) {
  /** What became of the adapter of the round before. */
  public enum Relation {
    /** There was none. */
    FIRST("the first adapter"),
    /** The trainer went on with its numbers; the rank stays. */
    CONTINUES("continues the adapter of the round before"),
    /** It stands in the new one unchanged, with further ranks beside it. */
    STACKS("stacks on the adapter of the round before"),
    /** The trainer did not get it: the round began with the base model. */
    FRESH("begins with the base model");

    private final String words;

    Relation(String words) {
      this.words = words;
    }
  }

  /** A sentence for people. */
  public String text() {
    return "trained outside (training.command): %s, rank %s, on %s"
        .formatted(relation.words, rank, String.join(",", targetModules));
  }

  /**
   * Looks at what a trainer wrote.
   *
   * @param out its folder
   * @param named what the command called the base model, where it was told
   * @param previous folder of the adapter of the round before, where there is one
   * @throws UserError if there is no adapter, or none that can be used
   */
  static ReturnedAdapter of(
      Path out,
      TrainerCommand command,
      Optional<String> named,
      Optional<Path> previous,
      int examples) {
    if (!Files.isRegularFile(out.resolve(PeftAdapter.CONFIG))) {
      throw new UserError(
          "The trainer ended well and wrote no %s into {out} (%s)."
              .formatted(PeftAdapter.CONFIG, out),
          "Let it save the adapter itself there: trainer.save_model({out}) in TRL,"
              + " model.save_pretrained({out}) in PEFT.");
    }
    PeftAdapter adapter = PeftAdapter.read(out);
    String base = PeftAdapter.baseModel(out).orElse("");
    named.ifPresent(name -> refuseOther(base, name));
    refuseUseless(adapter);
    TreeSet<String> modules = new TreeSet<>();
    adapter.deltas().keySet().forEach(name -> modules.add(module(name)));
    return new ReturnedAdapter(
        command.text(),
        relation(adapter, command, previous),
        adapter.rank(),
        List.copyOf(modules),
        base,
        examples);
  }

  private static String module(String weight) {
    String[] parts = weight.split("\\.");
    return parts[Math.max(0, parts.length - 2)];
  }

  /** Folders differ from machine to machine, so that their last part counts. */
  private static void refuseOther(String base, String named) {
    if (!base.isEmpty() && !last(base).equals(last(named))) {
      throw new UserError(
          "The trainer's adapter belongs to \"%s\", and it was told to train \"%s\"."
              .formatted(base, named),
          "Let the command train {base}; where that must be another name of the same model, write"
              + " the name in place of {base}.");
    }
  }

  private static String last(String path) {
    String plain = path.replaceFirst("[/\\\\]+$", "");
    return plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1);
  }

  private static void refuseUseless(PeftAdapter adapter) {
    boolean changes = false;
    for (Map.Entry<String, LowRankDelta> delta : adapter.deltas().entrySet()) {
      refuseInfinite(delta.getKey(), delta.getValue().a());
      refuseInfinite(delta.getKey(), delta.getValue().b());
      for (float value : delta.getValue().b()) {
        changes |= value != 0;
      }
    }
    if (!changes) {
      throw new UserError(
          "The trainer's adapter changes nothing: %s."
              .formatted(
                  adapter.deltas().isEmpty() ? "it has no layer" : "every number of its B is 0"),
          "Look into the trainer's log: it has learned nothing, or has saved what it began with.");
    }
  }

  private static void refuseInfinite(String name, float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new UserError(
            "The trainer's adapter has %s in %s.".formatted(value, name),
            "Train again with a lower learning rate, or in a wider number format.");
      }
    }
  }

  private static Relation relation(
      PeftAdapter adapter, TrainerCommand command, Optional<Path> previous) {
    if (previous.isEmpty()) {
      return Relation.FIRST;
    }
    if (!command.takes(TrainerCommand.PREVIOUS)) {
      return Relation.FRESH;
    }
    PeftAdapter before = PeftAdapter.read(previous.get());
    boolean stands =
        before.deltas().entrySet().stream()
            .allMatch(
                under ->
                    Optional.ofNullable(adapter.deltas().get(under.getKey()))
                        .filter(over -> beginsWith(over, under.getValue()))
                        .isPresent());
    return stands && adapter.rank() > before.rank() ? Relation.STACKS : Relation.CONTINUES;
  }

  /** A's rows are not touched when adapters are concatenated; B's columns may be scaled. */
  private static boolean beginsWith(LowRankDelta over, LowRankDelta under) {
    return over.a().length > under.a().length
        && Arrays.equals(over.a(), 0, under.a().length, under.a(), 0, under.a().length);
  }
}
