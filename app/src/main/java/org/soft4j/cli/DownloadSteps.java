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
  private long shown;

  DownloadSteps(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void at(String name, long done, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      shown = 0;
      step = Optional.of(progress.start(name, Math.max(0, total / MEGABYTE), "MB"));
    }
    long now = done / MEGABYTE;
    step.ifPresent(s -> s.advance(now - shown));
    shown = now;
  }

  @Override
  public void close() {
    step.ifPresent(Progress.Step::close);
    step = Optional.empty();
  }
}
