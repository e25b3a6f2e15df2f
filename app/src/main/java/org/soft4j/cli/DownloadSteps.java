package org.soft4j.cli;

import java.util.Optional;
import org.soft4j.core.Progress;
import org.soft4j.core.download.DownloadProgress;

/** A step per downloaded file, in megabytes. */
final class DownloadSteps implements DownloadProgress, AutoCloseable {
  private static final long MEGABYTE = 1_000_000;

  private final Progress progress;
  private Optional<Progress.Step> step = Optional.empty();
  private String file = "";
  private Optional<Progress.Reached> reached = Optional.empty();

  DownloadSteps(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void at(String name, long done, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      step = Optional.of(progress.start(name, Math.max(0, total / MEGABYTE), "MB"));
      reached = step.map(Progress.Reached::new);
    }
    reached.ifPresent(r -> r.at(done / MEGABYTE));
  }

  @Override
  public void close() {
    step.ifPresent(Progress.Step::close);
    step = Optional.empty();
  }
}
