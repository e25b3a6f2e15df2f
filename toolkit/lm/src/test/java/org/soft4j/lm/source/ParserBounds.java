package org.soft4j.lm.source;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.soft4j.core.UserError;

/**
 * What every parser promises for every file: a value or a UserError, with memory and time that the
 * file's size justifies.
 */
public final class ParserBounds {
  private static final long BYTES_PER_BYTE = 16;
  private static final long BYTES_IN_ANY_CASE = 16 << 20;
  private static final long NANOSECONDS = 10_000_000_000L;
  private static final int MESSAGE_LENGTH = 4100;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** An input that costs more than its size justifies. */
  private static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExceededException(String costs) {
      super(costs);
    }
  }

  private ParserBounds() {}

  /**
   * Runs a parser on the calling thread.
   *
   * @param size of the input in bytes
   * @return whether the input was accepted
   */
  public static boolean hold(long size, Runnable parser) {
    return held(BYTES_PER_BYTE * size + BYTES_IN_ANY_CASE, parser);
  }

  /**
   * Runs a template. Its time is bounded; what it allocates is not, since every step of the 300,000
   * that loops may take is garbage when the next begins: the heap that the tests have is the bound.
   */
  public static boolean holdRendering(Runnable template) {
    return held(Long.MAX_VALUE, template);
  }

  private static boolean held(long most, Runnable parser) {
    try {
      return measured(most, parser);
    } catch (ExceededException e) {
      // The first run of a path loads classes, and the fuzzer instruments them on this thread.
      return measured(most, parser);
    }
  }

  private static boolean measured(long most, Runnable parser) {
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long started = THREADS.getCurrentThreadCpuTime();
    boolean accepted = accepts(parser);
    long nanoseconds = THREADS.getCurrentThreadCpuTime() - started;
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    if (bytes > most || nanoseconds > NANOSECONDS) {
      throw new ExceededException(
          "%s bytes of at most %s, and %s ns".formatted(bytes, most, nanoseconds));
    }
    return accepted;
  }

  private static boolean accepts(Runnable parser) {
    try {
      parser.run();
      return true;
    } catch (UserError e) {
      requireForPeople(e);
      return false;
    }
  }

  /** A message is short, and holds nothing that a terminal would obey. */
  private static void requireForPeople(UserError error) {
    String text = error.toString();
    if (error.getMessage().isBlank() || error.remedy().isBlank()) {
      throw new AssertionError("a message or remedy is empty: " + text);
    }
    if (text.length() > MESSAGE_LENGTH || text.chars().anyMatch(ParserBounds::obeyed)) {
      throw new AssertionError("not fit for a terminal, " + text.length() + " letters", error);
    }
  }

  private static boolean obeyed(int letter) {
    return Character.isISOControl(letter) && letter != '\n' && letter != '\t';
  }
}
