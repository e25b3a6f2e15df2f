package org.soft4j.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words and an exit code. */
final class Faults {
  static final int FAULT = 1;
  static final int USER = 2;
  // What a shell reports for a program ended by Ctrl-C.
  static final int INTERRUPTED = 130;

  private Faults() {}

  static int ofExecution(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    int code = report(failure, err);
    if (debug(command)) {
      failure.printStackTrace(err);
    } else if (code == FAULT) {
      err.println("  This is a fault of soft4j; --debug prints its trace.");
    }
    err.flush();
    return code;
  }

  private static int report(Throwable failure, PrintWriter err) {
    if (failure instanceof UserError error) {
      err.println("error: " + error.getMessage());
      err.println("  " + error.remedy());
      return USER;
    }
    if (failure instanceof CancellationException) {
      if (!(failure instanceof Stopped)) {
        err.println("stopped.");
      }
      return INTERRUPTED;
    }
    String message = failure.getMessage() == null ? "" : ": " + firstLine(failure.getMessage());
    err.println("fault: " + failure.getClass().getSimpleName() + message);
    return FAULT;
  }

  static int ofParameters(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    Optional<UserError> elsewhere =
        Stream.of(arguments)
            .flatMap(word -> SettingOptions.refusal(word, command.getCommandSpec()).stream())
            .findFirst();
    if (elsewhere.isPresent()) {
      return ofExecution(elsewhere.get(), command);
    }
    err.println("error: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("  " + command.getCommandSpec().qualifiedName() + " --help lists what is there.");
    err.flush();
    return USER;
  }

  private static boolean debug(CommandLine command) {
    Object root = command.getCommandSpec().root().userObject();
    return root instanceof Soft4j soft4j && soft4j.debug();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
