package org.soft4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.soft4j.console.ConsoleProgress;
import org.soft4j.core.Printable;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.plugin.OutsideCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

/** Where the launcher enters. */
public final class Main {
  private Main() {}

  /** Runs one command; the exit code is 0 on success, 2 on a user's error, 1 on a fault. */
  public static void main(String[] arguments) {
    Interrupt interrupt = Interrupt.ofSignals(System.err);
    Soft4j root = new Soft4j(LocalOpening.OPENER, ConsoleProgress.standard(), interrupt);
    Screen screen = new Screen(new FileOutputStream(FileDescriptor.out), Screen.standardIsRead());
    int code = run(root, screen, arguments);
    interrupt.settle();
    System.exit(code);
  }

  static int run(Soft4j root, String... arguments) {
    return run(root, new Screen(System.out, false), arguments);
  }

  static int run(Soft4j root, Screen screen, String... arguments) {
    try {
      CommandLine line =
          commandLine(root).setOut(new PrintWriter(screen, true, StandardCharsets.UTF_8));
      int code = line.execute(arguments);
      line.getOut().flush();
      return code == 0 ? written(screen) : code;
    } catch (OutOfMemoryError full) {
      System.err.println("fault: the Java heap is full.");
      System.err.println("  Give it more room: SOFT4J_HEAP=4g ./soft4j ...");
      return Faults.FAULT;
    } catch (LinkageError failure) {
      System.err.println(
          "fault: a native library does not load: "
              + Printable.line(String.valueOf(failure.getMessage())));
      return Faults.FAULT;
    }
  }

  /** Java takes an empty path for the folder that one is in; a user has an unset variable. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException(
          "\"%s\" is an empty path; is a variable of the shell not set?".formatted(text));
    }
    return Path.of(text);
  }

  /**
   * Runs a command. Help keeps its colours, since it quotes nothing from outside; a signal finds
   * the words of the command it ends.
   */
  private static int execute(Soft4j soft4j, ParseResult parsed) {
    List<CommandLine> lines = parsed.asCommandLineList();
    if (lines.stream()
        .noneMatch(line -> line.isUsageHelpRequested() || line.isVersionHelpRequested())) {
      CommandLine root = lines.get(0);
      root.setOut(EscapingWriter.around(root.getOut()));
      root.setErr(EscapingWriter.around(root.getErr()));
    }
    CommandLine command = lines.get(lines.size() - 1);
    soft4j.interrupt().during(() -> Faults.howToGoOn(command, Optional.empty()));
    return new RunLast().execute(parsed);
  }

  /** A command whose words are lost has not done what it was called for. */
  private static int written(Screen screen) {
    if (screen.failure().isEmpty()) {
      return 0;
    }
    System.err.println(
        "error: standard output cannot be written: %s."
            .formatted(screen.failure().get().getMessage()));
    System.err.println("  Free some space, or send it elsewhere.");
    return Faults.USER;
  }

  static CommandLine commandLine(Soft4j root) {
    CommandLine line = new CommandLine(root);
    for (OutsideCommand outside : ServiceLoader.load(OutsideCommand.class)) {
      line.addSubcommand(outside.name(), outside.command());
    }
    SettingOptions.addFlags(line.getSubcommands().values());
    // Set last, since they go to the subcommands that are there.
    return line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .registerConverter(Path.class, Main::path)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Faults::ofParameters)
        .setExecutionStrategy(parsed -> execute(root, parsed))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> Faults.ofExecution(failure, command));
  }
}
