package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.JudgingRequest;
import org.soft4j.eval.judge.ModelOutput;
import org.soft4j.eval.judge.VerdictRule;
import org.soft4j.judging.CostGate;
import org.soft4j.judging.JudgeStage;
import org.soft4j.judging.OpenedJudge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Let a model judge answers, by the protocols of FastChat and AlpacaEval.",
    footer = {
      "",
      "Writes model_judgment/JUDGE_single.jsonl or JUDGE_pair.jsonl (FastChat's show_result reads "
          + "them), or annotations.json and leaderboard.csv (AlpacaEval), and summary.json. Pairs are "
          + "judged in both orders. Replies are kept in OUT/judge_cache.jsonl: the same command goes on "
          + "after a kill and makes no call twice. The cost is told before the first call."
    })
final class JudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private JudgeInputs inputs;
  @Mixin private JudgeModelOptions model;
  @Mixin private CostOptions cost;

  @Option(
      names = "--protocol",
      defaultValue = "single",
      paramLabel = "P",
      description =
          "single (1 to 10), pair, alpaca (ranking) or alpaca-weighted (probability of one token)"
              + " (default: ${DEFAULT-VALUE}).")
  private String protocol;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Option(
      names = "--repeats",
      defaultValue = "1",
      paramLabel = "K",
      description = "Make each call so often and take medians (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--temperature",
      defaultValue = "0",
      paramLabel = "T",
      description = "Of the judge, single and pair (default: ${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--max-tokens",
      defaultValue = "2048",
      paramLabel = "N",
      description = "Bound on a reply, single and pair (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--verdicts",
      defaultValue = "last",
      paramLabel = "R",
      description =
          "How verdicts are read: last (reasoning left out, the last one counts, one outside the"
              + " scale is unread), fastchat (its first match, for single and pair) or alpaca_eval"
              + " (its parser) (default: ${DEFAULT-VALUE}).")
  private String verdicts;

  @Override
  public Integer call() {
    check();
    FolderKind.JUDGING.refuseOthers(out);
    CostGate gate = cost.gate();
    JudgeProtocol chosen = JudgeProtocol.named(protocol);
    refuseUnused(chosen);
    VerdictRule rule = rule(chosen);
    Consumer<JudgeStage> work = work(chosen);
    PrintWriter screen = spec.commandLine().getOut();
    Consumer<String> say =
        line -> {
          screen.println(line);
          screen.flush();
        };
    try (OpenedJudge opened =
            OpenedJudge.open(
                model.choice(),
                model.settings(),
                System.getenv(),
                root.progress()::say,
                root.opener());
        CallCache cache = CallCache.open(out.resolve("judge_cache.jsonl"));
        Interrupt interrupt = new Interrupt(System.err)) {
      Judging judging = new Judging(opened.judge(), cache, rule);
      work.accept(new JudgeStage(judging, gate, out, root.progress(), interrupt, say));
    }
    return 0;
  }

  /** Another tool's rule for its own protocol alone. */
  private VerdictRule rule(JudgeProtocol chosen) {
    VerdictRule rule = VerdictRule.named(verdicts);
    boolean alpaca = chosen == JudgeProtocol.ALPACA || chosen == JudgeProtocol.ALPACA_WEIGHTED;
    if (rule == (alpaca ? VerdictRule.FASTCHAT : VerdictRule.ALPACA_EVAL)) {
      throw new UserError(
          "--verdicts %s does not read the verdicts of --protocol %s."
              .formatted(verdicts, protocol),
          "Write --verdicts last, or %s."
              .formatted((alpaca ? VerdictRule.ALPACA_EVAL : VerdictRule.FASTCHAT).text()));
    }
    return rule;
  }

  /** AlpacaEval's forms draw no token and have their own bounds. */
  private void refuseUnused(JudgeProtocol chosen) {
    if (chosen == JudgeProtocol.SINGLE || chosen == JudgeProtocol.PAIR) {
      return;
    }
    for (String flag : List.of("--temperature", "--max-tokens")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
        throw new UserError(
            "%s does nothing with --protocol %s.".formatted(flag, protocol),
            "Leave it out; it is for the protocols single and pair.");
      }
    }
  }

  private void check() {
    if (repeats < 1) {
      throw new UserError("--repeats is %d.".formatted(repeats), "Give a number of 1 or more.");
    }
    if (maxTokens < 1) {
      throw new UserError(
          "--max-tokens is %d.".formatted(maxTokens), "Give a number of 1 or more.");
    }
    if (!(temperature >= 0) || Double.isInfinite(temperature)) {
      throw new UserError(
          "--temperature is %s.".formatted(temperature), "Give a number of 0 or more.");
    }
  }

  private Consumer<JudgeStage> work(JudgeProtocol chosen) {
    return switch (chosen) {
      case SINGLE -> {
        JudgingRequest request = request();
        yield stage -> stage.single(request);
      }
      case PAIR -> {
        JudgingRequest request = request();
        Optional<String> baseline = inputs.baseline();
        yield stage -> stage.pair(request, baseline);
      }
      case ALPACA -> alpaca(AlpacaForm.RANKING);
      case ALPACA_WEIGHTED -> alpaca(AlpacaForm.WEIGHTED);
    };
  }

  private JudgingRequest request() {
    return inputs.fastChat().withRepeats(repeats).with(temperature, maxTokens);
  }

  private Consumer<JudgeStage> alpaca(AlpacaForm form) {
    List<ModelOutput> baseline = inputs.alpacaBaseline();
    List<ModelOutput> outputs = inputs.alpacaOutputs();
    return stage -> stage.alpaca(baseline, outputs, form, repeats);
  }
}
