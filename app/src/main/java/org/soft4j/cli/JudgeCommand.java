package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.FolderKind;
import org.soft4j.core.UserError;
import org.soft4j.eval.files.Answer;
import org.soft4j.eval.judge.AlpacaEval;
import org.soft4j.eval.judge.AlpacaForm;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.FastChatRequest;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Pairwise;
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.Single;
import org.soft4j.eval.judge.VerdictRule;
import org.soft4j.judging.JudgeContext;
import org.soft4j.judging.JudgeStage;
import org.soft4j.judging.OpenedJudge;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.plugin.LockOptions;
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
  private static final List<String> PROTOCOLS =
      List.of("single", "pair", "alpaca", "alpaca-weighted");

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private JudgeInputs inputs;
  @Mixin private JudgeModelOptions model;
  @Mixin private CostOptions cost;
  @Mixin private LockOptions locks;

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
  public Integer call() throws Exception {
    check();
    CostGate gate = cost.gate();
    VerdictRule rule = rule();
    refuseUnused();
    return locks.folder(out, FolderKind.JUDGING, () -> judge(gate, rule));
  }

  private int judge(CostGate gate, VerdictRule rule) {
    Protocol<?, ?> chosen = chosen();
    PrintWriter screen = spec.commandLine().getOut();
    Consumer<String> say =
        line -> {
          screen.println(line);
          screen.flush();
        };
    try (OpenedJudge opened =
            OpenedJudge.open(model.choice(), model.settings(), root.opener(), root.progress());
        CallCache cache = CallCache.open(out.resolve("judge_cache.jsonl"));
        Interrupt interrupt = new Interrupt(System.err)) {
      JudgeContext context = new JudgeContext(root.opener(), root.progress(), interrupt, say);
      new JudgeStage(new Judging(opened.judge(), cache, rule), gate, out, context).judge(chosen);
    }
    return 0;
  }

  /** AlpacaEval's forms draw no token and have their own bounds. */
  private void refuseUnused() {
    if (!protocol.startsWith("alpaca")) {
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

  /** Another tool's rule for its own protocol alone. */
  private VerdictRule rule() {
    if (!PROTOCOLS.contains(protocol)) {
      throw new UserError(
          "\"%s\" is no protocol; there are %s.%s"
              .formatted(protocol, PROTOCOLS, DidYouMean.hint(protocol, PROTOCOLS)),
          "Choose one with --protocol.");
    }
    VerdictRule rule = VerdictRule.named(verdicts);
    boolean alpaca = protocol.startsWith("alpaca");
    if (rule == (alpaca ? VerdictRule.FASTCHAT : VerdictRule.ALPACA_EVAL)) {
      throw new UserError(
          "--verdicts %s does not read the verdicts of --protocol %s."
              .formatted(verdicts, protocol),
          "Write --verdicts last, or %s."
              .formatted((alpaca ? VerdictRule.ALPACA_EVAL : VerdictRule.FASTCHAT).text()));
    }
    return rule;
  }

  private Protocol<?, ?> chosen() {
    if (protocol.startsWith("alpaca")) {
      AlpacaForm form = protocol.equals("alpaca") ? AlpacaForm.RANKING : AlpacaForm.WEIGHTED;
      List<Answer> baseline = inputs.alpacaBaseline();
      return new AlpacaEval(baseline, inputs.alpacaOutputs(), form, repeats);
    }
    FastChatRequest request = inputs.fastChat(repeats, temperature, maxTokens);
    return protocol.equals("single")
        ? new Single(request)
        : new Pairwise(request, inputs.baseline());
  }
}
