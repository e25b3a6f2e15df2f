package org.soft4j.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.UserError;

/**
 * The sets that are known by name; downloads nothing.
 *
 * @param sets in the order of a listing
 */
public record SetCatalogue(List<NamedSet> sets) {
  private static final String RESOURCE = "sets.json";

  public SetCatalogue {
    sets = List.copyOf(sets);
  }

  /** The catalogue that comes with soft4j. */
  public static SetCatalogue standard() {
    try (InputStream input = SetCatalogue.class.getResourceAsStream(RESOURCE)) {
      return read(BoundedJson.mapper().readTree(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SetCatalogue read(JsonNode json) {
    List<NamedSet> sets = new ArrayList<>();
    for (JsonNode set : json) {
      List<SetFile> files = new ArrayList<>();
      set.path("files").forEach(file -> files.add(file(file)));
      sets.add(
          new NamedSet(
              set.path("name").asText(),
              set.path("title").asText(),
              set.path("licence").asText(),
              set.path("home").asText(),
              set.path("note").asText(),
              files));
    }
    return new SetCatalogue(sets);
  }

  private static SetFile file(JsonNode file) {
    return new SetFile(
        file.path("place").asText(),
        file.path("rows").asInt(),
        URI.create(file.path("address").asText()),
        file.path("bytes").asLong(),
        text(file, "sha256"),
        Optional.of(file.path("conversion")).filter(JsonNode::isObject).map(SetCatalogue::step));
  }

  private static Conversion step(JsonNode step) {
    return new Conversion(
        Conversion.Form.of(step.path("form").asText()),
        step.path("source").asText(),
        step.path("ids").asText(),
        text(step, "sha256"));
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field).asText()).filter(text -> !text.isEmpty());
  }

  /**
   * The set of this name.
   *
   * @throws UserError saying which there are
   */
  public NamedSet named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return sets.stream()
        .filter(set -> set.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "There is no set named \"" + name + "\" in the catalogue.",
                    "Known: "
                        + String.join(", ", sets.stream().map(NamedSet::name).toList())
                        + ". See them with: ./soft4j datasets list"));
  }

  /** What to type where this file, or folder, of a data folder is missing. */
  public String remedy(String place) {
    return bringing(place)
            .map(set -> "Fetch it with ./soft4j datasets fetch " + set.name() + ", or give")
            .orElse("Give")
        + " a data folder that holds "
        + place
        + " (--data, or SOFT4J_DATA).";
  }

  /** The set that brings this file, or a file in this folder, to a data folder. */
  public Optional<NamedSet> bringing(String place) {
    return sets.stream()
        .filter(
            set ->
                set.files().stream()
                    .anyMatch(f -> f.place().equals(place) || f.place().startsWith(place + "/")))
        .findFirst();
  }
}
