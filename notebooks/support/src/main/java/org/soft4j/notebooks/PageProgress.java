package org.soft4j.notebooks;

import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.soft4j.core.Progress;

/**
 * One line on the page per call, drawn over as the call goes on: what it does now, and at its end
 * how long it took. For one call and one thread.
 */
final class PageProgress implements Progress {
  private static final long QUIET_NANOS = 250_000_000;

  private final Page page;
  private final LongSupplier nanos;
  private final String id = UUID.randomUUID().toString();
  private final long began;
  private boolean there;
  private boolean broken;
  private long drawn;
  private int steps;

  PageProgress(Page page, LongSupplier nanos) {
    this.page = page;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  @Override
  public Step start(String what, long total, String unit) {
    steps++;
    return new Line(what, total, unit);
  }

  private final class Line implements Step {
    private final String what;
    private final long total;
    private final String unit;
    private final long stepBegan = nanos.getAsLong();
    private long done;
    private long before;

    Line(String what, long total, String unit) {
      this.what = what;
      this.total = total;
      this.unit = unit;
      draw(text(stepBegan), total > 0 ? bar() : "");
    }

    @Override
    public void advance(long units) {
      done += units;
      long now = nanos.getAsLong();
      if (now - drawn >= QUIET_NANOS) {
        draw(text(now), total > 0 ? bar() : "");
      }
    }

    @Override
    public void already(long units) {
      before += units;
      advance(units);
    }

    @Override
    public void close() {
      long now = nanos.getAsLong();
      String last = "%s: %s %s".formatted(what, done, unit);
      String all = steps == 1 ? last : "%s steps, the last %s".formatted(steps, last);
      draw("%s; %s in all".formatted(all, seconds(now - began)), "");
    }

    private String bar() {
      return "<progress max=\"%s\" value=\"%s\"></progress> "
          .formatted(total, Math.min(done, total));
    }

    private String text(long now) {
      String of = total > 0 ? "/" + total : "";
      double spent = (now - stepBegan) / 1e9;
      String left =
          total > done && done > before
              ? ", about %s left"
                  .formatted(seconds((long) (spent / (done - before) * (total - done) * 1e9)))
              : "";
      return "%s: %s%s %s%s".formatted(what, done, of, unit, left);
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private void draw(String text, String bar) {
    if (broken) {
      return;
    }
    drawn = nanos.getAsLong();
    Shown line = Shown.html("<div>" + bar + Html.escape(text) + "</div>", text);
    try {
      if (there) {
        page.redraw(id, line);
      } else {
        page.draw(id, line);
      }
      there = true;
    } catch (RuntimeException | LinkageError fault) {
      broken = true;
      System.err.println("soft4j: progress cannot be shown on this page: " + fault);
    }
  }
}
