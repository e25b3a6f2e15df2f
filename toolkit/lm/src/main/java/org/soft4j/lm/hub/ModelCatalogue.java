package org.soft4j.lm.hub;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.download.Receipt;

/** Models by name, and where they lie on this machine; downloads nothing. */
public final class ModelCatalogue {
  /**
   * One line of a listing.
   *
   * @param model known by name
   * @param path what to open, where it has been fetched
   */
  public record Listed(NamedModel model, Optional<Path> path) {}

  private final Path home;
  private final List<NamedModel> models;

  /** The catalogue of this toolkit, kept in SOFT4J_HOME or else in .soft4j of the user's folder. */
  public static ModelCatalogue standard() {
    return at(HomeFolder.path());
  }

  /** The catalogue of this toolkit, kept in a folder of the caller's choice. */
  public static ModelCatalogue at(Path home) {
    return new ModelCatalogue(home, KnownModels.all());
  }

  ModelCatalogue(Path home, List<NamedModel> models) {
    this.home = home;
    this.models = List.copyOf(models);
  }

  /** Every known model, fetched or not. */
  public List<Listed> list() {
    return models.stream().map(model -> new Listed(model, fetched(model.name()))).toList();
  }

  /** The model of this name, for fetching it. */
  public NamedModel named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new UserError(
                    "There is no model named \""
                        + name
                        + "\" in the catalogue."
                        + hint(name, names()),
                    "Known: "
                        + String.join(", ", names())
                        + ". See them with: soft4j models list"));
  }

  /**
   * What to open for a word typed after --model: the name of a fetched model, a folder or a file.
   *
   * @throws UserError saying what to type next
   */
  public Path resolve(String nameOrPath) {
    return resolve(nameOrPath, List.of());
  }

  /**
   * What to open for a word typed after --model.
   *
   * @param others names that the caller opens by itself, told where the word is no name at all
   */
  public Path resolve(String nameOrPath, List<String> others) {
    Optional<NamedModel> model = find(nameOrPath);
    if (model.isPresent()) {
      return fetched(nameOrPath)
          .orElseThrow(
              () ->
                  new UserError(
                      "The model " + nameOrPath + " has not been fetched to this machine.",
                      "Fetch it with: soft4j models fetch " + nameOrPath));
    }
    Path path = path(nameOrPath);
    if (Files.exists(path)) {
      return path;
    }
    List<String> known = new ArrayList<>(others);
    known.addAll(names());
    throw new UserError(
        "There is no model at \""
            + nameOrPath
            + "\", and no model of that name."
            + hint(nameOrPath, known),
        "Give a folder, a .gguf file, or one of these names: " + String.join(", ", known) + ".");
  }

  /** Folder that holds a named model, fetched or not. */
  public Path folder(String name) {
    return home.resolve("models").resolve(name);
  }

  private Optional<Path> fetched(String name) {
    Path folder = folder(name);
    return Receipt.read(folder)
        .filter(Receipt::complete)
        .map(receipt -> folder.resolve(receipt.open()).normalize())
        .filter(Files::exists);
  }

  private Optional<NamedModel> find(String name) {
    return models.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  private List<String> names() {
    return models.stream().map(NamedModel::name).toList();
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UserError("\"" + text + "\" is neither a name nor a path.", "Check it.", e);
    }
  }

  /** The first few letters are what people remember of a model's name. */
  private static String hint(String name, List<String> names) {
    String start = letters(name);
    return names.stream()
        .filter(known -> start.length() >= 4 && letters(known).startsWith(start.substring(0, 4)))
        .findFirst()
        .map(known -> " Did you mean " + known + "?")
        .orElse("");
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
