package org.soft4j.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.settings.Settings;
import org.soft4j.stages.ChatForm;
import org.soft4j.stages.ChatTalk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    description = "Talk with a model in the terminal.",
    footer = {
      "",
      "The conversation is written in the model's own chat format; where it has none, in the turns"
          + " of a micro model or in plain ones, or as --template says; the first line tells which.",
      "Every line is a question; the answer is written as it comes. /reset begins anew, /system TEXT"
          + " says what the model is to be, /exit or Ctrl-D ends, Ctrl-C stops an answer. Where the"
          + " model's window is full, the oldest questions are left out, which is told. Lines can be"
          + " piped in too."
    })
final class ChatCommand implements Callable<Integer> {
  private static final Map<String, String> DEFAULTS = Map.of("generation.max_new_tokens", "512");

  @Spec private CommandSpec spec;
  @ParentCommand private Soft4j root;

  @Mixin private SettingOptions changes = SettingOptions.overDefaults(DEFAULTS);

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "What the model is to be, told before the first question.")
  private Optional<String> system = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Settings settings = changes.resolved("model.name").value();
    try (OpenedModel opened = root.opener().open(settings.model().choice())) {
      ChatForm form = ChatForm.of(settings.data().template(), opened);
      ChatTalk talk =
          new ChatTalk(
              opened.model(), form, window(opened), settings.generation(), settings.soft().seed());
      talk.system(system);
      spec.commandLine().getErr().println(form.line());
      spec.commandLine().getErr().flush();
      boolean keyboard = System.console() != null && root.in() == System.in;
      new ChatLines(talk, root, spec.commandLine(), keyboard).run();
    }
    return 0;
  }

  private static Optional<ChatTalk.Window> window(OpenedModel opened) {
    if (!(opened.model() instanceof LocalModel local)) {
      return Optional.empty();
    }
    ModelSource source = local.source();
    return Optional.of(
        new ChatTalk.Window(
            source.architecture().maxPositions(), text -> source.tokenizer().encode(text).length));
  }
}
