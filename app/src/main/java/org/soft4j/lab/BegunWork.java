package org.soft4j.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.soft4j.core.Sha256;
import org.soft4j.core.StoppedWork;

/**
 * Work of a lab that was stopped, by all that its result depends on: the same call finds its folder
 * again and goes on with what is finished there.
 */
final class BegunWork {
  private final Supplier<Path> paths;
  private final Map<String, Path> stopped = new HashMap<>();

  BegunWork(Supplier<Path> paths) {
    this.paths = paths;
  }

  /**
   * Does work in a folder of its own, or in the one where the same work was stopped.
   *
   * @param parts all that the result depends on
   */
  <T> T in(List<?> parts, Function<Path, T> work) {
    String key = Sha256.of(parts.stream().map(String::valueOf).toList());
    Path folder = taken(key);
    try {
      return work.apply(folder);
    } catch (CancellationException stop) {
      keep(key, folder);
      String kept = stop instanceof StoppedWork ? stop.getMessage() : "what is finished is kept";
      throw new StoppedWork("stopped; " + kept + "; the same call goes on with it", stop);
    }
  }

  private synchronized Path taken(String key) {
    Path begun = stopped.remove(key);
    return begun == null ? paths.get() : begun;
  }

  private synchronized void keep(String key, Path folder) {
    stopped.put(key, folder);
  }
}
