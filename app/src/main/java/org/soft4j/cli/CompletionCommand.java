package org.soft4j.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print a script by which bash or zsh completes soft4j's words.",
    footer = {
      "",
      "bash: source <(./soft4j completion), or write it once into"
          + " ~/.local/share/bash-completion/completions/soft4j. zsh: source <(./soft4j completion"
          + " zsh) in ~/.zshrc."
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells that read the script, which asks which one reads it. */
  private enum Shell {
    BASH,
    ZSH
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      arity = "0..1",
      defaultValue = "bash",
      description = "bash or zsh (default: ${DEFAULT-VALUE}).")
  private Shell shell;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(AutoComplete.bash("soft4j", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
