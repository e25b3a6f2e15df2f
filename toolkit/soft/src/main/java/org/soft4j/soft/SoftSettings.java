package org.soft4j.soft;

import org.soft4j.core.Setting;

/**
 * All options of a run. Written to run.json as nested JSON; {@link org.soft4j.core.Resolved}
 * changes them by dotted key and remembers where each value came from.
 *
 * @param split of prompts over rounds
 * @param demonstrations before each prompt
 * @param labelling how labels are written
 * @param filters which labels are dropped
 * @param curriculum the order of prompts
 * @param round what each round's training starts from and learns
 * @param training the optimisation
 * @param validation which round is kept
 */
public record SoftSettings(
    @Setting(
            value = "Method: soft, soft+ or single.",
            flag = "--method",
            label = "M",
            commands = "run")
        Method method,
    @Setting(
            value = "Number of rounds; the paper studies 3 to 7; single always makes one.",
            flag = "--rounds",
            label = "T",
            commands = "run",
            unit = "rounds")
        int rounds,
    @Setting(
            value = "Seed of everything drawn at random.",
            flag = "--seed",
            label = "S",
            commands = {"run", "label", "train", "eval", "generate", "chat"})
        long seed,
    @Setting(value = "How prompts are shared out among the rounds.", commands = "run")
        SplitSettings split,
    @Setting(
            value = "What stands before each prompt that is labelled.",
            commands = {"run", "label"})
        DemonstrationSettings demonstrations,
    @Setting(
            value = "How labels are written.",
            commands = {"run", "label"})
        LabelSettings labelling,
    @Setting(
            value = "Which labels are dropped.",
            commands = {"run", "label"})
        FilterSettings filters,
    @Setting(value = "The order of prompts.", commands = "run") CurriculumSettings curriculum,
    @Setting(value = "What each round starts from and learns.", commands = "run")
        RoundSettings round,
    @Setting(
            value = "How labels are learned.",
            commands = {"run", "train"})
        TrainingOptions training,
    @Setting(value = "Which round is kept.", commands = "run") ValidationSettings validation) {
  /** Every default. */
  public static final SoftSettings DEFAULT =
      new SoftSettings(
          Method.SOFT_PLUS,
          3,
          0,
          SplitSettings.DEFAULT,
          DemonstrationSettings.DEFAULT,
          LabelSettings.DEFAULT,
          FilterSettings.DEFAULT,
          CurriculumSettings.DEFAULT,
          RoundSettings.DEFAULT,
          TrainingOptions.DEFAULT,
          ValidationSettings.DEFAULT);

  /** Checks the range. */
  public SoftSettings {
    Checks.atLeast("rounds", rounds, 1);
  }

  /** Rounds that will be made: one for the single-round baseline. */
  public int effectiveRounds() {
    return method == Method.SINGLE ? 1 : rounds;
  }

  /** The curriculum's order once the method is known. */
  public CurriculumSettings.Order order() {
    return curriculum.resolve(method);
  }

  /** Whether examples are learned in the order of their difficulty inside a round. */
  public boolean sortedWithinRounds() {
    return order() != CurriculumSettings.Order.NONE && curriculum.where().within();
  }
}
