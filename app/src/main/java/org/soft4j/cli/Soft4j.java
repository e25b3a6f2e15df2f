package org.soft4j.cli;

import java.io.Console;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.soft4j.core.Progress;
import org.soft4j.lm.open.EndpointOpening;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.remote.CostGate;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.plugin.Clusters;
import org.soft4j.settings.Settings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line. */
@Command(
    name = "soft4j",
    version = "soft4j 0.1.0",
    mixinStandardHelpOptions = true,
    description = "SOFT and SOFT+: multi-round self-alignment of language models.",
    subcommands = {
      RunCommand.class,
      LabelCommand.class,
      TrainCommand.class,
      JudgeCommand.class,
      StudyCommand.class,
      EvalCommand.class,
      TasksCommand.class,
      ExportCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      RunsCommand.class,
      DatasetsCommand.class,
      ModelsCommand.class,
      ChatCommand.class,
      GenerateCommand.class,
      ScoreCommand.class,
      MicroCommand.class,
      SettingsCommand.class,
      EnvCommand.class,
      CompletionCommand.class
    })
final class Soft4j implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the trace of a fault.")
  private boolean debug;

  private final ModelOpener opener;
  private final Progress progress;
  private final Interrupt interrupt;
  private final InputStream in;

  /** A root that hears no signal. */
  Soft4j(ModelOpener opener, Progress progress) {
    this(opener, progress, new Interrupt(System.err));
  }

  Soft4j(ModelOpener opener, Progress progress, Interrupt interrupt) {
    this(opener, progress, interrupt, System.in);
  }

  /** A root whose user types elsewhere than at the keyboard. */
  Soft4j(ModelOpener opener, Progress progress, Interrupt interrupt, InputStream in) {
    this.in = in;
    this.opener = LocalOpening.telling(opener, line -> spec.commandLine().getErr().println(line));
    this.progress = progress;
    this.interrupt = interrupt;
  }

  boolean debug() {
    return debug;
  }

  ModelOpener opener() {
    return opener;
  }

  /** Opens models as these settings say: here, or also on the executors of a cluster. */
  ModelOpener opener(Settings settings) {
    return Clusters.opener(settings.cluster(), opener, progress::say);
  }

  /** Opens endpoints too, which are sent texts as they are. */
  ModelOpener endpoints(Settings settings) {
    return new EndpointOpening(
        RemoteSettings.DEFAULT.withTexts(RemoteSettings.Texts.AS_THEY_ARE),
        System.getenv(),
        progress::say,
        opener(settings));
  }

  /** Lets a judge's calls begin; a person at the terminal is asked. */
  CostGate gate(Settings settings) {
    return settings.cost().gate(Optional.ofNullable(System.console()).map(Soft4j::asking));
  }

  private static Predicate<String> asking(Console console) {
    return question -> {
      String answer = console.readLine(question);
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    };
  }

  Progress progress() {
    return progress;
  }

  /** What the user types. */
  InputStream in() {
    return in;
  }

  /** A user's wish that the command shall end. */
  Interrupt interrupt() {
    return interrupt;
  }

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    line.usage(line.getOut(), CommandLine.Help.Ansi.OFF);
    return 0;
  }
}
