package org.soft4j.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.soft4j.core.Printable;
import org.soft4j.core.Progress;

/** Bars on a terminal; elsewhere a plain line now and then, so that logs stay short. */
final class ConsoleProgress implements Progress {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final int NAME_WIDTH = 26;
  // What is left of a bar under a shorter line is blanked.
  private static final int WIDTH = 79;
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanos;

  ConsoleProgress(PrintStream err, boolean terminal) {
    this(err, terminal, System::nanoTime);
  }

  ConsoleProgress(PrintStream err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  /** Bars where the launcher saw a terminal behind the error stream. */
  static ConsoleProgress standard() {
    return new ConsoleProgress(System.err, Boolean.getBoolean("soft4j.terminal"));
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
    err.println(terminal ? "\r" + " ".repeat(WIDTH) + "\r" + shown : shown);
  }

  private final class Bar implements Step {
    private final ProgressBar bar;

    Bar(String what, long total, String unit) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(padded(what))
              .setInitialMax(total > 0 ? total : -1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" " + unit, 1)
              .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
              .setUpdateIntervalMillis(250)
              .setConsumer(new ConsoleProgressBarConsumer(err))
              .build();
    }

    @Override
    public void advance(long units) {
      bar.stepBy(units);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private final class Lines implements Step {
    private final String what;
    private final long total;
    private final String unit;
    private final long began = nanos.getAsLong();
    private long said = began;
    private long done;

    Lines(String what, long total, String unit) {
      this.what = what;
      this.total = total;
      this.unit = unit;
    }

    @Override
    public synchronized void advance(long units) {
      done += units;
      long now = nanos.getAsLong();
      if (now - said >= QUIET.toNanos() && done < total) {
        said = now;
        err.println(line(now));
      }
    }

    @Override
    public void close() {
      err.println(line(nanos.getAsLong()));
    }

    private String line(long now) {
      double seconds = (now - began) / 1e9;
      double rate = seconds > 0 ? done / seconds : 0;
      String of = total > 0 ? "/" + total : "";
      String left =
          total > done && rate > 0 ? ", %s left".formatted(duration((total - done) / rate)) : "";
      return String.format(
          Locale.ROOT,
          "%s: %d%s %s in %s, %.1f/s%s",
          what,
          done,
          of,
          unit,
          duration(seconds),
          rate,
          left);
    }
  }

  private static String duration(double seconds) {
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return seconds < HOUR
        ? "%s min %s s".formatted(whole / 60, whole % 60)
        : "%s h %s min".formatted(whole / 3600, whole % 3600 / 60);
  }

  private static String padded(String name) {
    return String.format("%-" + NAME_WIDTH + "s", name);
  }
}
