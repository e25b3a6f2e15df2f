package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.soft4j.core.DidYouMean;
import org.soft4j.core.StoppedWork;
import org.soft4j.core.UserError;
import org.soft4j.plugin.Resumable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words and an exit code. */
final class Faults {
  static final int FAULT = 1;
  static final int USER = 2;

  private Faults() {}

  static int ofExecution(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof CancellationException stopped) {
      Optional<String> kept =
          stopped instanceof StoppedWork ? Optional.of(stopped.getMessage()) : Optional.empty();
      err.println("stopped" + howToGoOn(command, kept));
      err.flush();
      return interrupt(command).exitCode();
    }
    int code = report(failure, command);
    if (debug(command)) {
      failure.printStackTrace(err);
    } else if (code == FAULT) {
      err.println("  This is a fault of soft4j; --debug prints its trace.");
    }
    err.flush();
    return code;
  }

  private static int report(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    if (failure instanceof UserError error) {
      err.println("error: " + error.getMessage());
      err.println("  " + error.remedy());
      OtherFlags.named(error.remedy(), command).forEach(line -> err.println("  " + line));
      return USER;
    }
    String message = failure.getMessage() == null ? "" : ": " + firstLine(failure.getMessage());
    err.println("fault: " + failure.getClass().getSimpleName() + message);
    return FAULT;
  }

  static int ofParameters(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    boolean named = command.getSubcommands().isEmpty();
    // Where a command is to be named, its options are not at fault while the name is.
    Optional<UserError> elsewhere =
        (named ? Stream.of(arguments) : Stream.<String>empty())
            .flatMap(word -> SettingOptions.refusal(word, command.getCommandSpec()).stream())
            .findFirst();
    if (elsewhere.isPresent()) {
      return ofExecution(elsewhere.get(), command);
    }
    PrintWriter err = EscapingWriter.around(command.getErr());
    err.println("error: " + failure.getMessage() + hint(failure, arguments));
    err.println("  " + command.getCommandSpec().qualifiedName() + " --help lists what is there.");
    err.flush();
    return USER;
  }

  /** The option or the command that a word which is neither was perhaps meant to be. */
  private static String hint(ParameterException failure, String[] arguments) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    Stream<String> options =
        Stream.of(arguments)
            .filter(word -> word.startsWith("--") && word.length() > 2)
            .map(word -> word.replaceFirst("=.*", ""))
            .filter(word -> command.findOption(word) == null);
    Stream<String> words =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched().stream().filter(word -> !word.startsWith("-")).limit(1)
            : Stream.empty();
    return Stream.concat(
            words.flatMap(
                word -> DidYouMean.nearest(word, command.subcommands().keySet()).stream()),
            options.flatMap(word -> option(word, command.optionsMap().keySet()).stream()))
        .findFirst()
        .map(
            meant ->
                (failure.getMessage().endsWith(".") ? "" : ".") + " Did you mean " + meant + "?")
        .orElse("");
  }

  /** A longer name of an option, such as that of another tool, is a slip too. */
  private static Optional<String> option(String word, Collection<String> known) {
    return DidYouMean.nearest(word, known)
        .or(
            () ->
                known.stream()
                    .filter(name -> word.startsWith(name + "-") || name.startsWith(word + "-"))
                    .min(Comparator.comparing(String::length).thenComparing(name -> name)));
  }

  /**
   * What a stopped command leaves, and what to type next.
   *
   * @param kept as the work that was stopped says it; where it does not, the command does
   */
  static String howToGoOn(CommandLine command, Optional<String> kept) {
    String typed = TypedCommand.of(command.getCommandSpec()).text();
    if (!(command.getCommandSpec().userObject() instanceof Resumable resumable)) {
      return kept.map(what -> "; " + what).orElse("") + "; go on with: " + typed;
    }
    return "; %s; go on with: %s"
        .formatted(kept.orElseGet(resumable::kept), resumable.goesOn(typed));
  }

  private static Interrupt interrupt(CommandLine command) {
    return root(command).map(Soft4j::interrupt).orElseGet(() -> new Interrupt(System.err));
  }

  private static boolean debug(CommandLine command) {
    return root(command).map(Soft4j::debug).orElse(false);
  }

  private static Optional<Soft4j> root(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof Soft4j root
        ? Optional.of(root)
        : Optional.empty();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
