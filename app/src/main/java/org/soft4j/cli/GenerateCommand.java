package org.soft4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.soft4j.core.UserError;
import org.soft4j.eval.PromptTemplate;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.plugin.LockOptions;
import org.soft4j.plugin.Resumable;
import org.soft4j.run.ChosenTemplate;
import org.soft4j.settings.Settings;
import org.soft4j.stages.TextJobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = "Continue texts: JSON Lines in, JSON Lines out.",
    footer = {
      "",
      "Reads lines {\"prompt\": …} and writes, in the same order, lines {\"prompt\", \"text\","
          + " \"tokens\", \"finish\"}. Without --template the prompt is taken as it is: special tokens"
          + " are parsed, and a beginning token is added only where the tokenizer adds one; with it"
          + " the prompt stands alone in that template, as a run trains on it. finish is stop, length,"
          + " no_room where the prompt alone fills the model's window, or other where a server"
          + " ended the answer; \"caveats\" marks answers that were refused, filtered, empty or"
          + " otherwise unusual, which are counted at the end.",
      "To continue after an interrupt, run the same command again."
    })
final class GenerateCommand implements Callable<Integer>, Resumable {
  private static final String AS_IT_IS = "none";

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;
  @Mixin private LockOptions locks;

  @Mixin
  private SettingOptions changes = SettingOptions.overDefaults(Map.of("data.template", AS_IT_IS));

  @Option(names = "--input", required = true, paramLabel = "F", description = "JSON Lines to read.")
  private Path input;

  @Option(names = "--output", required = true, paramLabel = "F", description = "File to write.")
  private Path output;

  @Override
  public Integer call() throws Exception {
    Settings settings = changes.resolved("model.name").value();
    if (settings.model().applyChatTemplate() && templated(settings)) {
      throw new UserError(
          "--template and --apply-chat-template exclude each other.", "Leave one of them out.");
    }
    TextJobs.check(output);
    return locks.file(output, "--output", () -> generate(settings));
  }

  private int generate(Settings settings) {
    // Another process may have made it while this one waited.
    TextJobs.check(output);
    TextJobs.checkPrompts(input);
    try (OpenedModel opened = root.endpoints(settings).open(settings.model().choice())) {
      TextJobs jobs = new TextJobs(opened.model(), root.progress(), root.interrupt());
      TextJobs.Written written = jobs.generate(input, output, writing(settings, opened));
      warn(written.withoutRoom(), opened);
      written
          .caveats()
          .forEach(
              (caveat, lines) ->
                  ScoreCommand.warn(spec, "prompts", caveat, lines, written.lines()));
    }
    return 0;
  }

  @Override
  public String kept() {
    return "finished lines are kept beside " + output;
  }

  /**
   * Nothing was written for these, which a reader of the texts may take for the model's silence.
   */
  private void warn(List<Integer> withoutRoom, OpenedModel opened) {
    if (withoutRoom.isEmpty()) {
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "warning: %s of the prompts fill the whole window of %s, so that nothing is written for"
            + " them (finish \"no_room\"): line %s%n",
        withoutRoom.size(), opened.model().identity().name(), ScoreCommand.named(withoutRoom));
    err.println("  Shorten them; `soft4j models inspect` says how many tokens fit.");
    err.flush();
  }

  private static boolean templated(Settings settings) {
    return !settings.data().template().equals(AS_IT_IS);
  }

  private TextJobs.Writing writing(Settings settings, OpenedModel opened) {
    long seed = settings.soft().seed();
    if (!templated(settings)) {
      return new TextJobs.Writing(settings.generation(), seed, chat(settings, opened));
    }
    ChosenTemplate chosen = ChosenTemplate.of(settings.data().template(), opened.promptFacts());
    spec.commandLine().getErr().println(chosen.line());
    PromptTemplate template = chosen.template();
    return new TextJobs.Writing(
        settings.generation().stoppingBefore(template.stopStrings()),
        seed,
        Optional.of(template::zeroShot));
  }

  private Optional<UnaryOperator<String>> chat(Settings settings, OpenedModel opened) {
    if (!settings.model().applyChatTemplate()) {
      return Optional.empty();
    }
    if (opened.chat().isEmpty()) {
      throw new UserError(
          "%s has no chat template.".formatted(opened.model().identity().name()),
          "Leave --apply-chat-template out and name a template with --template, or write the turns"
              + " into the prompts.");
    }
    return opened.chat().map(format -> format);
  }
}
