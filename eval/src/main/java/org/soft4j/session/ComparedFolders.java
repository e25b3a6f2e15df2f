package org.soft4j.session;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.soft4j.compare.ScoredRun;
import org.soft4j.eval.files.LmEvalFiles;

/** Reads folders that are compared, so that all of them name their items alike. */
public final class ComparedFolders {
  private ComparedFolders() {}

  /**
   * Reads runs, evaluations, and what lm-evaluation-harness wrote. Where one of them is the
   * harness's, items are joined by the digests of their documents, for which the benchmark's files
   * are read again.
   */
  public static List<ScoredRun> read(List<Path> folders) {
    boolean harness = folders.stream().anyMatch(LmEvalFiles::areIn);
    return folders.stream().map(f -> harness ? byDigest(f) : ScoredRun.read(f)).toList();
  }

  private static ScoredRun byDigest(Path folder) {
    if (LmEvalFiles.areIn(folder)) {
      return ScoredRun.of(folder, LmEvalFiles.scores(folder));
    }
    AnsweredFolder answered = AnsweredFolder.open(folder, OptionalInt.empty());
    return ScoredRun.of(folder, LmEvalFiles.scores(answered.whole(), answered.tasks()));
  }
}
