package org.soft4j.notebooks.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a process runs.
 *
 * @param folder to run in; where empty, this process's
 * @param environment variables on top of this process's
 */
record Setting(Optional<Path> folder, Map<String, String> environment) {
  /** As this process. */
  static final Setting HERE = new Setting(Optional.empty(), Map.of());
}
