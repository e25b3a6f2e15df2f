package org.soft4j.lab;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.soft4j.core.Progress;

/**
 * Who hears of long calls; both are called on the thread that made the call, never from another.
 *
 * @param progress gives each call something that shows how it comes along
 * @param notes takes what is worth a line, such as how many labels a round has
 */
public record Watch(Supplier<Progress> progress, Consumer<String> notes) {
  /** Hears and shows nothing. */
  public static final Watch SILENT = new Watch(() -> Progress.SILENT, line -> {});
}
