package org.soft4j.lab;

import java.nio.file.Path;
import org.soft4j.core.ScratchFolder;

/** A folder that is gone when it is closed, or when the process ends. */
final class TemporaryFolder implements AutoCloseable {
  private final ScratchFolder scratch = ScratchFolder.temporary("soft4j-lab-");
  private final Thread hook = new Thread(scratch::close, "soft4j-lab-clean");
  private int given;

  TemporaryFolder() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A path in it that was not given before. */
  synchronized Path next() {
    given++;
    return scratch.root().resolve(String.valueOf(given));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      return; // the hook deletes it
    }
    scratch.close();
  }
}
