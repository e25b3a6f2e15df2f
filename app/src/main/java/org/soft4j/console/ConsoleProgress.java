package org.soft4j.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.soft4j.core.Printable;
import org.soft4j.core.Progress;

/** Bars on a terminal; elsewhere a plain line now and then, so that logs stay short. */
public final class ConsoleProgress implements Progress {
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final int REDRAWN_MILLIS = 250;

  private final PrintStream err;
  private final boolean terminal;
  private final IntSupplier columns;
  private final LongSupplier nanos;

  ConsoleProgress(PrintStream err, boolean terminal, IntSupplier columns, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.columns = columns;
    this.nanos = nanos;
  }

  /** Bars where the launcher saw a terminal behind the error stream. */
  public static ConsoleProgress standard() {
    return new ConsoleProgress(
        System.err, Boolean.getBoolean("soft4j.terminal"), Terminal::columns, System::nanoTime);
  }

  @Override
  public Step start(String what, long total, String unit) {
    String name = Printable.line(what);
    return terminal ? new Bar(name, total, unit) : new Lines(name, total, unit);
  }

  /** A bar under way is drawn again below the line. */
  @Override
  public void say(String line) {
    String shown = Printable.text(line);
    err.println(terminal ? "\r" + " ".repeat(room()) + "\r" + shown : shown);
  }

  /** The last column stays empty: some terminals begin a new line once it is written. */
  private int room() {
    return columns.getAsInt() - 1;
  }

  /** What is done of a step. */
  private abstract class Counted implements Step {
    private final String what;
    private final long total;
    private final String unit;
    private final long began = nanos.getAsLong();
    private long done;
    private long before;

    Counted(String what, long total, String unit) {
      this.what = what;
      this.total = Math.max(0, total);
      this.unit = unit;
    }

    synchronized Pace count(long units, long earlier) {
      done += units;
      before += earlier;
      return new Pace(done, before, total, (nanos.getAsLong() - began) / 1e9);
    }

    Pace pace() {
      return count(0, 0);
    }

    BarLine line(boolean ended) {
      return new BarLine(what, unit, pace(), ended);
    }

    @Override
    public void already(long units) {
      count(units, units);
    }
  }

  /** Drawn over and over in its line; a step in which nothing was done leaves no line. */
  private final class Bar extends Counted implements ProgressBarConsumer {
    private final ProgressBar bar;
    private boolean closed;
    private boolean gone;

    Bar(String what, long total, String unit) {
      super(what, total, unit);
      bar =
          new ProgressBarBuilder()
              .setRenderer((state, columns) -> line(false).fitting(columns))
              .setConsumer(this)
              .setUpdateIntervalMillis(REDRAWN_MILLIS)
              .continuousUpdate()
              .build();
    }

    @Override
    public void advance(long units) {
      count(units, 0);
    }

    @Override
    public int getMaxRenderedLength() {
      return room();
    }

    @Override
    public synchronized void accept(String line) {
      if (!gone) {
        draw(line);
      }
    }

    private void draw(String line) {
      int room = room();
      err.print("\r" + line + " ".repeat(Math.max(0, room - Terminal.width(line))) + "\r");
      err.flush();
    }

    /** Called twice: by the step's user, and by the library once its thread has ended. */
    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
        gone = true;
        boolean worked = pace().done() > pace().before();
        draw(worked ? line(true).fitting(room()) : "");
        if (worked) {
          err.println();
        }
      }
      bar.close();
    }
  }

  private final class Lines extends Counted {
    private long said = nanos.getAsLong();

    Lines(String what, long total, String unit) {
      super(what, total, unit);
    }

    @Override
    public synchronized void advance(long units) {
      Pace pace = count(units, 0);
      long now = nanos.getAsLong();
      if (now - said >= QUIET.toNanos() && pace.done() < pace.total()) {
        said = now;
        err.println(line(false).plain());
      }
    }

    @Override
    public void close() {
      err.println(line(true).plain());
    }
  }
}
