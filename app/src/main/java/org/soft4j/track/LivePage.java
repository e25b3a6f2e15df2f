package org.soft4j.track;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.soft4j.console.Pace;
import org.soft4j.core.Progress;
import org.soft4j.core.WholeFile;

/**
 * A page in a run's folder that a browser loads again every two seconds, from the file, without a
 * server: what is done, how fast, what is left, what was written last. When the run ends, it leads
 * to the report.
 */
public final class LivePage implements Progress, AutoCloseable {
  /** Name of the page. */
  public static final String FILE = "live.html";

  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int NOTES = 8;

  private final Path run;
  private final String command;
  private final Progress shown;
  private final Clock clock;
  private final Instant began;
  private final List<Stage> stages = new ArrayList<>();
  private final Deque<String> notes = new ArrayDeque<>();
  private final ScheduledExecutorService writer;
  private boolean broken;

  /**
   * Begins with an empty page.
   *
   * @param run folder of the run; the page is written once it is there
   * @param command as typed
   * @param shown hears everything too
   */
  public LivePage(Path run, String command, Progress shown) {
    this(run, command, shown, Clock.systemUTC());
    long millis = AGAIN.toMillis();
    writer.scheduleWithFixedDelay(this::write, millis, millis, TimeUnit.MILLISECONDS);
  }

  LivePage(Path run, String command, Progress shown, Clock clock) {
    this.run = run;
    this.command = command;
    this.shown = shown;
    this.clock = clock;
    began = clock.instant();
    writer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "live-page");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public Step start(String what, long total, String unit) {
    Stage stage = new Stage(what, total, unit, shown.start(what, total, unit));
    synchronized (this) {
      stages.add(stage);
    }
    write();
    return stage;
  }

  @Override
  public void say(String line) {
    note(line);
    shown.say(line);
  }

  /** A line for the page alone. */
  public synchronized void note(String line) {
    // What a terminal wraps below the first words of a line is one line here.
    boolean wrapped = line.startsWith(" ") && !notes.isEmpty();
    notes.addLast(wrapped ? notes.removeLast() + " " + line.strip() : line);
    if (notes.size() > NOTES) {
      notes.removeFirst();
    }
  }

  /**
   * The last page: it leads to the report.
   *
   * @param report the page of the run
   */
  public void ended(Path report) {
    close();
    write(() -> LiveHtml.ended(run, report.getFileName().toString()));
  }

  /** The last page of a run that did not come to its end. */
  public void broken(String how) {
    close();
    write(() -> page(how));
  }

  /** Writes no more. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      writer.awaitTermination(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void write() {
    if (run.resolve("run.json").toFile().isFile()) {
      write(() -> page(""));
    }
  }

  /** A page that cannot be made, of whatever file, never ends the run. */
  private synchronized void write(Supplier<String> page) {
    if (broken) {
      return;
    }
    try {
      WholeFile.write(run.resolve(FILE), page.get());
    } catch (RuntimeException fault) {
      broken = true;
      shown.say("%s is not written any more: %s".formatted(FILE, fault.getMessage()));
    }
  }

  private synchronized String page(String how) {
    List<LiveHtml.Row> rows = stages.stream().map(Stage::row).toList();
    return LiveHtml.page(
        run, command, how, AGAIN, Duration.between(began, clock.instant()), rows, notes, clock);
  }

  private final class Stage implements Step {
    private final String what;
    private final long total;
    private final String unit;
    private final Step inner;
    private final Instant start = clock.instant();
    private long done;
    private long before;
    private double seconds = -1;

    Stage(String what, long total, String unit, Step inner) {
      this.what = what;
      this.total = total;
      this.unit = unit;
      this.inner = inner;
    }

    @Override
    public void advance(long units) {
      add(units, 0);
      inner.advance(units);
    }

    @Override
    public void already(long units) {
      add(units, units);
      inner.already(units);
    }

    private synchronized void add(long units, long earlier) {
      done += units;
      before += earlier;
    }

    @Override
    public void close() {
      inner.close();
      synchronized (this) {
        seconds = spent();
      }
    }

    private double spent() {
      return Duration.between(start, clock.instant()).toMillis() / 1e3;
    }

    synchronized LiveHtml.Row row() {
      boolean over = seconds >= 0;
      return new LiveHtml.Row(
          what, unit, new Pace(done, before, total, over ? seconds : spent()), over);
    }
  }
}
