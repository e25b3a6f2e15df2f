package org.soft4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.soft4j.core.FolderKind;
import org.soft4j.core.LockWait;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.UserError;
import org.soft4j.plugin.LockOptions;
import org.soft4j.report.ReportWriter;
import org.soft4j.track.Tracking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Write the report of a run or an evaluation from its files, or several side by side.",
    footer = {
      "",
      "Of one folder report.html and report.md are written, of several comparison.html and "
          + "comparison.md."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LockOptions locks;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Folders of runs or evaluations; the first of several is compared with.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write (default: the first RUN's).")
  private Optional<Path> out = Optional.empty();

  @Mixin private TrackOption track;

  @Override
  public Integer call() throws Exception {
    Path first = runs.get(0);
    Path into = out.orElse(first);
    refuseAnothersReport(first, into);
    if (Files.notExists(into) && out.isEmpty()) {
      return report(into); // says what is missing
    }
    refuseAtWork(first, into);
    return locks.folder(into, "--out", () -> report(into));
  }

  private int report(Path into) {
    Path first = runs.get(0);
    CompareCommand.tellWriters(spec, runs);
    spec.commandLine()
        .getOut()
        .println(
            runs.size() == 1 ? ReportWriter.write(first, into) : ReportWriter.write(runs, into));
    return runs.stream().allMatch(this::tracked) ? 0 : Faults.FAULT;
  }

  /** What is under way can be read all the same, into another folder. */
  private void refuseAtWork(Path first, Path into) {
    Optional<String> writer = ProcessLock.writer(into);
    if (own(first, into) && writer.isPresent() && locks.asked().equals(LockWait.NONE)) {
      String elsewhere =
          new TypedCommand(
                  Stream.concat(
                          Stream.concat(Stream.of("report"), runs.stream().map(Path::toString)),
                          Stream.of("--out", first + "-so-far"))
                      .toList())
              .text();
      throw new UserError(
          "%s is in use by %s, which writes its report at the end.".formatted(into, writer.get()),
          ("What is there by now: %s. Or wait with --wait; a run that is begun with --live shows how"
                  + " far it is in a browser.")
              .formatted(elsewhere));
    }
  }

  private boolean tracked(Path run) {
    return Tracking.of(run, track.targets(), spec.commandLine().getErr()::println).sendAll();
  }

  private static boolean own(Path run, Path into) {
    return run.toAbsolutePath().normalize().equals(into.toAbsolutePath().normalize());
  }

  /** A folder's own report may be made again; another's would be replaced. */
  private void refuseAnothersReport(Path first, Path into) {
    if (runs.size() == 1 && !own(first, into)) {
      FolderKind.REPORT.refuseOthers(into);
    }
  }
}
