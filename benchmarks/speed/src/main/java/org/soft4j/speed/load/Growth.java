package org.soft4j.speed.load;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * One load as a table, and what it says: whether processor time grew with the work, and memory did
 * not.
 *
 * @param title of the load
 * @param unit of the work, in the plural
 * @param samples at growing amounts of work, two at least
 * @param within whether the samples are of one process; else each is a process of its own
 */
record Growth(String title, String unit, List<Sample> samples, boolean within) {
  /** So much more may a unit of the second half cost than one of the first. */
  static final double TIME_BOUND = 1.2;

  /** Mebibytes that the second half may add: the allocator's own steps, as the leak tests allow. */
  static final double MEMORY_BOUND_MIB = 150;

  /** Processor seconds a unit of the last stretch over those of the stretch before it. */
  double timeRatio() {
    int last = samples.size() - 1;
    Sample end = samples.get(last);
    Sample middle = samples.get(last - 1);
    Sample start = last > 1 && within ? samples.get(last - 2) : null;
    double before =
        start == null ? middle.processorSeconds() / middle.units() : cost(start, middle);
    return (within ? cost(middle, end) : end.processorSeconds() / end.units()) / before;
  }

  private static double cost(Sample from, Sample to) {
    return (to.processorSeconds() - from.processorSeconds()) / (to.units() - from.units());
  }

  /** Mebibytes of peak memory that the last stretch added. */
  double memoryGrowth() {
    int last = samples.size() - 1;
    return samples.get(last).peakMib() - samples.get(last - 1).peakMib();
  }

  /** Whether both bounds are kept. */
  boolean holds() {
    return timeRatio() <= TIME_BOUND && memoryGrowth() <= MEMORY_BOUND_MIB;
  }

  /** Prints a Markdown table and the verdict; returns the exit code. */
  int print(PrintStream out) {
    out.printf("%n## %s%n%n", title);
    out.printf("| %s | seconds | processor s | ms each | resident MiB | peak MiB |%n", unit);
    out.println("|---:|---:|---:|---:|---:|---:|");
    for (Sample s : samples) {
      out.printf(
          Locale.ROOT,
          "| %,d | %.1f | %.1f | %.2f | %,.0f | %,.0f |%n",
          s.units(),
          s.seconds(),
          s.processorSeconds(),
          1000 * s.processorSeconds() / s.units(),
          s.residentMib(),
          s.peakMib());
    }
    out.printf(
        Locale.ROOT,
        "%nThe last stretch costs %.2f times the processor time a unit of the one before (bound"
            + " %.1f) and adds %.0f MiB (bound %.0f): %s.%n",
        timeRatio(),
        TIME_BOUND,
        memoryGrowth(),
        MEMORY_BOUND_MIB,
        holds() ? "holds" : "DOES NOT HOLD");
    out.flush();
    return holds() ? 0 : 1;
  }
}
