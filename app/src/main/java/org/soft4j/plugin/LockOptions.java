package org.soft4j.plugin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.soft4j.core.FolderKind;
import org.soft4j.core.LockWait;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.RunFolder;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Locks what a command writes as long as it works, from before it opens a model to its last file,
 * and has the flag that says what is done where another process has it.
 */
public final class LockOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      arity = "0..1",
      parameterConsumer = Time.class,
      description =
          "Where another process writes to the same place, wait until it has ended, at most TIME"
              + " such as 30s, 10m or 2h (default: as long as it takes), instead of refusing.")
  private Optional<Duration> longest = Optional.empty();

  /** Made by picocli, as a mixin. */
  public LockOptions() {}

  /** What the flag says. */
  public LockWait asked() {
    return longest
        .map(time -> new LockWait(time, line -> spec.commandLine().getErr().println(line)))
        .orElse(LockWait.NONE);
  }

  /** Works in a folder of a kind, which this process alone writes meanwhile. */
  public int folder(Path folder, FolderKind kind, Callable<Integer> work) throws Exception {
    return holding(RunFolder.open(folder, kind, asked()), work);
  }

  /**
   * Works in a folder that may be anybody's; nothing is swept there.
   *
   * @param option that names another one
   */
  public int folder(Path folder, String option, Callable<Integer> work) throws Exception {
    return holding(ProcessLock.folder(folder, option, asked()), work);
  }

  /** Works on a file, there or not. */
  public int file(Path file, String option, Callable<Integer> work) throws Exception {
    return holding(ProcessLock.file(file, option, asked()), work);
  }

  private static int holding(AutoCloseable held, Callable<Integer> work) throws Exception {
    try {
      return work.call();
    } finally {
      held.close();
    }
  }

  /** A time, where one follows: what else follows is a name of the command's. */
  static final class Time implements IParameterConsumer {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|)");
    private static final Map<String, Duration> UNITS =
        Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec flag, CommandSpec command) {
      String next = words.isEmpty() ? "" : words.peek().toLowerCase(Locale.ROOT);
      Matcher time = FORM.matcher(next);
      if (!time.matches()) {
        flag.setValue(Optional.of(LockWait.endless(line -> {}).longest()));
        return;
      }
      words.pop();
      if (time.group(2).isEmpty()) {
        throw new ParameterException(
            command.commandLine(),
            "--wait %s has no unit: write %1$ss, %1$sm or %1$sh.".formatted(time.group(1)),
            flag,
            next);
      }
      long count = Long.parseLong(time.group(1));
      flag.setValue(Optional.of(UNITS.get(time.group(2)).multipliedBy(count)));
    }
  }
}
