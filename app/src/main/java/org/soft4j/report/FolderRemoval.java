package org.soft4j.report;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.soft4j.core.FileFault;
import org.soft4j.core.ProcessLock;
import org.soft4j.core.UserError;

/**
 * Removes a run, an evaluation or a study with all that is in it. A link in it is removed, and not
 * what it leads to.
 */
public record FolderRemoval(KeptFolder folder) {
  private static final int NAMED = 5;

  /** What our commands write into such folders; all else is somebody's own. */
  private static final String OURS =
      Stream.of(
              "(run|result|eval|model|study|group_notes|tracking)\\.json",
              "(metrics|pool|splits|study|claims)\\.csv",
              "(timings|judge_cache|cells)\\.jsonl",
              "study\\.(md|tex)",
              // Pages and their data; samples by task and number of demonstrations.
              "(report|comparison|samples|live|study)[\\w.-]*\\.(html|md|json|css|js|svg)",
              "[\\w.,+-]+-\\d+shot\\.jsonl",
              "round-\\d+|cells|tuning|tasks|judge|lm-eval|report|samples|answers\\.chunks|served-adapters",
              "\\.[\\w.-]*lock|[\\w.-]*\\.(partial|unfinished)")
          .collect(Collectors.joining("|"));

  /** Names in it that no command of ours writes there. */
  List<String> others() {
    try (Stream<Path> inside = Files.list(folder.path())) {
      return inside
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.matches(OURS))
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw FileFault.of(folder.path(), failure);
    }
  }

  /**
   * Refuses what is not to be removed.
   *
   * @throws UserError if another process writes there, or if it holds something of somebody's own
   */
  public void check() {
    List<String> others = others();
    if (!others.isEmpty()) {
      throw new UserError(
          "%s also holds what soft4j did not write: %s."
              .formatted(
                  folder.path(), others.stream().limit(NAMED).collect(Collectors.joining(", "))),
          "Move it away first; nothing was removed.");
    }
    ProcessLock.writer(folder.path())
        .ifPresent(
            writer -> {
              throw new UserError(
                  "%s is in use by %s.".formatted(folder.path(), writer),
                  "Wait until it has ended, or stop it; nothing was removed.");
            });
  }

  /** Removes it; what it is known by goes last, so that a stopped removal can be done again. */
  @SuppressWarnings("try") // The lock is held, not used.
  public void remove() {
    check();
    ProcessLock held = ProcessLock.folder(folder.path(), "another name");
    try {
      List<Path> known = folder.marks().stream().map(folder.path()::resolve).toList();
      Files.walkFileTree(folder.path(), new Removal(folder.path(), known));
      for (Path mark : known) {
        Files.deleteIfExists(mark);
      }
    } catch (IOException failure) {
      throw FileFault.of(folder.path(), failure);
    } finally {
      held.close();
    }
    try {
      Files.deleteIfExists(folder.path());
    } catch (IOException failure) {
      throw FileFault.of(folder.path(), failure);
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> last;

    Removal(Path root, List<Path> last) {
      this.root = root;
      this.last = last;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
      if (!last.contains(file) && !file.equals(root.resolve(ProcessLock.IN_FOLDER))) {
        Files.delete(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (!folder.equals(root)) {
        Files.delete(folder);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
