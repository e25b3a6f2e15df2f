package org.soft4j.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.soft4j.datasets.Demonstration;
import org.soft4j.datasets.Prompt;
import org.soft4j.eval.TaskEvaluation;
import org.soft4j.eval.TaskRequest;
import org.soft4j.soft.CurriculumSettings;
import org.soft4j.soft.Labeller;
import org.soft4j.soft.RoundSettings;
import org.soft4j.soft.SoftInputs;
import org.soft4j.soft.SoftSettings;

/**
 * How much a run will ask of its model, counted from samples of its texts: characters that are read
 * (what texts share at their beginnings once, as the model computes it), tokens that are written at
 * most, characters that are learned.
 */
final class RunWork {
  // Enough for the mean length of a text; a benchmark may have thousands.
  private static final int SAMPLE = 16;

  private final RunPlan plan;
  private final SoftInputs inputs;
  private final TaskEvaluation benchmarks;

  RunWork(RunPlan plan, SoftInputs inputs, TaskEvaluation benchmarks) {
    this.plan = plan;
    this.inputs = inputs;
    this.benchmarks = benchmarks;
  }

  /**
   * An amount of work.
   *
   * @param read characters of contexts and of texts that are scored
   * @param written tokens that are written at most
   * @param learned characters that training passes over
   * @param learnedTokens tokens that training passes over besides, of texts not written yet
   */
  record Amount(double read, double written, double learned, double learnedTokens) {
    static final Amount NONE = new Amount(0, 0, 0, 0);

    Amount plus(Amount other) {
      return new Amount(
          read + other.read,
          written + other.written,
          learned + other.learned,
          learnedTokens + other.learnedTokens);
    }

    Amount times(double factor) {
      return new Amount(read * factor, written * factor, learned * factor, learnedTokens * factor);
    }
  }

  /** The benchmarks and the validation set, once for the base model and once a round. */
  Amount measuring() {
    Amount once = validation();
    for (TaskEvaluation.Asked asked : benchmarks.sample(SAMPLE)) {
      once = once.plus(of(asked));
    }
    return once.times(1 + settings().effectiveRounds());
  }

  private Amount of(TaskEvaluation.Asked asked) {
    List<TaskRequest> requests = asked.requests().stream().flatMap(List::stream).toList();
    List<String> texts = new ArrayList<>();
    double written = 0;
    for (TaskRequest request : requests) {
      if (request instanceof TaskRequest.Likelihood scored) {
        texts.add(scored.context() + scored.continuation());
      } else if (request instanceof TaskRequest.Rolling whole) {
        texts.add(whole.text());
      } else if (request instanceof TaskRequest.Writing writing) {
        texts.add(writing.context());
        written += writing.request().maxNewTokens();
      }
    }
    int sampled = Math.max(1, asked.requests().size());
    double share = (double) asked.task().items().size() / sampled;
    double common = common(texts);
    return new Amount(common + (distinct(texts) - common) * share, written * share, 0, 0);
  }

  private Amount validation() {
    List<Demonstration> pairs = inputs.validation();
    return new Amount(
        distinct(
            pairs.stream()
                .map(
                    pair ->
                        inputs.template().zeroShot(pair.prompt())
                            + inputs.template().completion(pair.response()))
                .toList()),
        0,
        0,
        0);
  }

  /** Labels of every round, and the difficulty of every prompt where the method sorts by it. */
  Amount labelling() {
    List<Prompt> sampled = sampled();
    Labeller labeller = Labeller.of(inputs.pool(), inputs.template(), settings());
    List<String> contexts = sampled.stream().map(prompt -> labeller.context(prompt, 1)).toList();
    int longest = settings().labelling().maxNewTokens();
    Amount one = new Amount(distinct(contexts) / Math.max(1, sampled.size()), longest, 0, 0);
    Amount all = one.times(inputs.prompts().size());
    return all.plus(difficulty(one));
  }

  private Amount difficulty(Amount label) {
    CurriculumSettings curriculum = settings().curriculum();
    if (settings().order() == CurriculumSettings.Order.NONE) {
      return Amount.NONE;
    }
    int prompts = inputs.prompts().size();
    boolean writes = curriculum.difficulty() == CurriculumSettings.Difficulty.RESPONSE_PERPLEXITY;
    Amount once = (writes ? label : new Amount(label.read(), 0, 0, 0)).times(prompts);
    int rounds = settings().effectiveRounds();
    // The current model rates what is left: all, then all but one part, and so on.
    return curriculum.scorer() == CurriculumSettings.Scorer.BASE
        ? once
        : once.times((rounds + 1) / 2.0);
  }

  /** What is learned, as often as it is, if every label is kept and as long as it may be. */
  Amount training() {
    List<Prompt> sampled = sampled();
    double prompt =
        sampled.stream()
            .mapToInt(p -> inputs.template().zeroShot(p.text()).length())
            .average()
            .orElse(0);
    boolean all = settings().round().labels() == RoundSettings.Labels.ACCUMULATED;
    double passes = all ? (settings().effectiveRounds() + 1) / 2.0 : 1;
    Amount one = new Amount(0, 0, prompt, settings().labelling().maxNewTokens());
    return one.times((double) inputs.prompts().size() * settings().training().epochs() * passes);
  }

  private List<Prompt> sampled() {
    List<Prompt> all = inputs.prompts();
    int size = Math.min(SAMPLE, all.size());
    List<Prompt> sampled = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sampled.add(all.get((int) ((long) i * all.size() / size)));
    }
    return sampled;
  }

  /** Contexts of labels, on which a rate can be measured. */
  List<String> examples() {
    Labeller labeller = Labeller.of(inputs.pool(), inputs.template(), settings());
    return sampled().stream().map(prompt -> labeller.context(prompt, 1)).toList();
  }

  private SoftSettings settings() {
    return plan.values().soft();
  }

  /** Characters of all texts, what a text shares with the beginning of another one once. */
  static double distinct(Collection<String> texts) {
    double characters = 0;
    String before = "";
    for (String text : new TreeSet<>(texts)) {
      characters += text.length() - shared(before, text);
      before = text;
    }
    return characters;
  }

  /** Characters that all texts begin with. */
  private static double common(Collection<String> texts) {
    TreeSet<String> sorted = new TreeSet<>(texts);
    return sorted.size() < 2 ? 0 : shared(sorted.first(), sorted.last());
  }

  private static int shared(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int i = 0;
    while (i < most && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }
}
