package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.soft4j.core.FolderKind;
import org.soft4j.core.Resolved;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.CallCache;
import org.soft4j.eval.judge.Judging;
import org.soft4j.eval.judge.Protocol;
import org.soft4j.eval.judge.VerdictRule;
import org.soft4j.judging.JudgeContext;
import org.soft4j.judging.JudgeStage;
import org.soft4j.judging.OpenedJudge;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Have a model judge answers by the protocols of FastChat or AlpacaEval.",
    footer = {
      "",
      "Writes model_judgment/JUDGE_single.jsonl or JUDGE_pair.jsonl (FastChat's show_result reads"
          + " them), or annotations.json and leaderboard.csv (AlpacaEval), and summary.json. Pairs"
          + " are judged in both orders. Replies are kept in OUT/judge_cache.jsonl: the same"
          + " command continues after a kill and makes no call twice. The cost is shown before the"
          + " first call."
    })
final class JudgeCommand implements Callable<Integer>, Resumable {
  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Mixin private SettingOptions changes = SettingOptions.overDefaults();

  @Option(
      names = "--answers",
      required = true,
      paramLabel = "F",
      description =
          "FastChat's model_answer file or folder, or AlpacaEval's model_outputs.json; may be"
              + " repeated.")
  private List<Path> answers;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Resolved<Settings> asked = changes.resolved("judge.model");
    Settings settings = asked.value();
    CostGate gate = root.gate(settings);
    VerdictRule rule = rule(settings);
    refuseUnused(asked);
    return locks.folder(out, FolderKind.JUDGING, () -> judge(settings, gate, rule));
  }

  private int judge(Settings settings, CostGate gate, VerdictRule rule) {
    Protocol<?, ?> protocol = new JudgeInputs(answers, settings).protocol();
    PrintWriter screen = spec.commandLine().getOut();
    Consumer<String> say =
        line -> {
          screen.println(line);
          screen.flush();
        };
    try (OpenedJudge opened = OpenedJudge.open(settings.judge(), root.opener(), root.progress());
        CallCache cache = CallCache.open(out.resolve("judge_cache.jsonl"))) {
      JudgeContext context =
          new JudgeContext(root.opener(), root.progress(), root.interrupt(), say);
      new JudgeStage(new Judging(opened, cache, rule), gate, out, context).judgeReadably(protocol);
    }
    return 0;
  }

  @Override
  public String kept() {
    return "replies that came are kept in " + out;
  }

  /** AlpacaEval's forms draw no token and have their own bounds. */
  private static void refuseUnused(Resolved<Settings> asked) {
    if (!asked.value().protocol().alpaca()) {
      return;
    }
    for (String key : List.of("judge.temperature", "judge.max_tokens")) {
      SettingOptions.given(asked, key)
          .ifPresent(
              flag -> {
                throw new UserError(
                    "%s does nothing with --protocol %s."
                        .formatted(
                            flag.equals("--set") ? key : flag, asked.value().protocol().name()),
                    "Leave it out; it is for the protocols single and pair.");
              });
    }
  }

  /** Another tool's rule for its own protocol alone. */
  private static VerdictRule rule(Settings settings) {
    VerdictRule rule = settings.judge().verdicts();
    boolean alpaca = settings.protocol().alpaca();
    if (rule == (alpaca ? VerdictRule.FASTCHAT : VerdictRule.ALPACA_EVAL)) {
      throw new UserError(
          "--verdicts %s does not read the verdicts of --protocol %s."
              .formatted(rule.text(), settings.protocol().name()),
          "Write --verdicts last, or %s."
              .formatted((alpaca ? VerdictRule.ALPACA_EVAL : VerdictRule.FASTCHAT).text()));
    }
    return rule;
  }
}
