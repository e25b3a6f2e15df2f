package org.soft4j.lm.open;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.soft4j.core.UserError;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.hub.ModelCatalogue;
import org.soft4j.lm.remote.Endpoint;

/**
 * The base model that adapters themselves name: a path or a known name. Where the path is another
 * machine's, its last part may be a known name, or the file of a fetched model.
 */
public final class AdapterBase {
  private AdapterBase() {}

  /**
   * What to open as the base model of some adapters.
   *
   * @param adapters folders, at least one
   * @throws UserError if they name none, different ones, or one that is not on this machine
   */
  public static String of(List<Path> adapters) {
    List<String> names = adapters.stream().map(AdapterBase::named).distinct().toList();
    if (names.size() > 1) {
      throw new UserError(
          "The adapters belong to different models: %s.".formatted(String.join(", ", names)),
          "Name the one to merge them into with --model.");
    }
    String name = names.get(0);
    return found(name)
        .or(() -> knownName(lastPart(name)))
        .orElseThrow(
            () ->
                new UserError(
                    "%s was trained on \"%s\", which is not on this machine."
                        .formatted(adapters.get(0), name),
                    "Name its folder, its GGUF file or a fetched name with --model."));
  }

  private static Optional<String> found(String name) {
    if (Endpoint.isAddress(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(theOneFile(LocalOpening.resolve(name)).map(Path::toString).orElse(name));
    } catch (UserError absent) {
      return Optional.empty();
    }
  }

  /** PEFT names the folder of a GGUF file; the file itself is an argument of its own there. */
  private static Optional<Path> theOneFile(Path folder) {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve("config.json"))) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".gguf")).limit(2).toList();
      return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static String lastPart(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  private static Optional<String> knownName(String word) {
    if (EmbeddedModels.NAMES.contains(word)) {
      return Optional.of(word);
    }
    return ModelCatalogue.standard().list().stream()
        .filter(
            listed ->
                listed.model().name().equals(word)
                    || listed.path().filter(path -> path.endsWith(word)).isPresent())
        .filter(listed -> listed.path().isPresent())
        .map(listed -> listed.model().name())
        .findFirst();
  }

  private static String named(Path adapter) {
    return PeftAdapter.baseModel(adapter)
        .orElseThrow(
            () ->
                new UserError(
                    "%s does not say which model it belongs to.".formatted(adapter),
                    "Name the model with --model."));
  }
}
