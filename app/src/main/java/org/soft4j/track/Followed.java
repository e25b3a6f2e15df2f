package org.soft4j.track;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.Progress;

/** A run with everything that follows it. */
public final class Followed {
  private final Optional<LivePage> page;
  private final Tracking tracking;
  private final Progress progress;

  private Followed(Optional<LivePage> page, Tracking tracking, Progress progress) {
    this.page = page;
    this.tracking = tracking;
    this.progress = progress;
  }

  /**
   * Begins to follow.
   *
   * @param run folder of the run
   * @param command as typed
   * @param live whether a page is written
   * @param targets see {@link Tracking}
   * @param shown hears of the stages too
   */
  public static Followed of(
      Path run, String command, boolean live, List<String> targets, Progress shown) {
    Tracking tracking = Tracking.of(run, targets, shown::say);
    Progress tracked = tracking.any() ? tracking.over(shown) : shown;
    Optional<LivePage> page =
        live ? Optional.of(new LivePage(run, command, tracked)) : Optional.empty();
    return new Followed(page, tracking, page.<Progress>map(p -> p).orElse(tracked));
  }

  /** What the run shall tell its stages. */
  public Progress progress() {
    return progress;
  }

  /** The same listener; the page hears too. */
  public Consumer<String> notes(Consumer<String> listener) {
    return line -> {
      page.ifPresent(p -> p.note(line));
      listener.accept(line);
    };
  }

  /**
   * Does the work, and tells its end however it comes.
   *
   * @param report of the result
   */
  public <T> T during(Supplier<T> work, Function<T, Path> report) {
    try {
      T result = work.get();
      page.ifPresent(p -> p.ended(report.apply(result)));
      tracking.finished();
      return result;
    } catch (CancellationException stopped) {
      page.ifPresent(p -> p.broken("The run was stopped. What is finished is kept."));
      tracking.broken(true);
      throw stopped;
    } catch (RuntimeException | Error fault) {
      page.ifPresent(p -> p.broken("The run failed: " + fault.getMessage()));
      tracking.broken(false);
      throw fault;
    }
  }
}
