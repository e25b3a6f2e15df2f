package org.soft4j.lm.served;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.soft4j.core.UserError;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.files.WholeFolder;

/**
 * A folder that this process writes and a server reads; it may be called otherwise there, as in a
 * container.
 *
 * @param local folder here
 * @param server the same folder as the server sees it, without a slash at its end
 */
public record AdapterPlace(Path local, String server) {
  /**
   * Reads {@code PATH}, where both see it alike, or {@code LOCAL=SERVER}.
   *
   * @throws UserError if a path is not absolute: a server reads those from its own working folder
   */
  public static AdapterPlace parse(String text) {
    int equals = text.indexOf('=');
    String here = equals < 0 ? text : text.substring(0, equals);
    String there = (equals < 0 ? text : text.substring(equals + 1)).replaceAll("(?<=.)/+$", "");
    if (!Path.of(here).isAbsolute() || !there.matches("(/|[A-Za-z]:).*")) {
      throw new UserError(
          "The path for adapters, \"%s\", is not absolute; a server would read it from its own working folder."
              .formatted(text),
          "Write --adapter-path /shared/adapters, or LOCAL=SERVER where the server sees the folder"
              + " under another name: --adapter-path /mnt/shared/adapters=/adapters.");
    }
    return new AdapterPlace(Path.of(here), there);
  }

  /** What the server calls a folder in it. */
  String atServer(String name) {
    return server.endsWith("/") ? server + name : server + "/" + name;
  }

  /** Puts an adapter there; one of the same digest stays. */
  void put(Path adapter, String name) {
    Path target = local.resolve(name);
    if (same(adapter, target)) {
      return;
    }
    WholeFolder.replace(
        target,
        folder -> {
          for (String file : List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS)) {
            Files.copy(adapter.resolve(file), folder.resolve(file));
          }
        });
  }

  private static boolean same(Path adapter, Path there) {
    try {
      return Files.isDirectory(there)
          && PeftAdapter.digest(there).equals(PeftAdapter.digest(adapter));
    } catch (UserError damaged) {
      return false;
    }
  }

  void remove(String name) {
    WholeFolder.remove(local.resolve(name));
  }
}
