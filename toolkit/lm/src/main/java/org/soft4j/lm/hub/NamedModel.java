package org.soft4j.lm.hub;

import java.util.List;
import org.soft4j.core.UserError;

/**
 * A model that soft4j knows by name.
 *
 * @param name what is typed after {@code --model}
 * @param description for people
 * @param licence SPDX identifier, as its makers state it
 * @param origins the first is the default
 */
public record NamedModel(
    String name, String description, String licence, List<ModelOrigin> origins) {
  public NamedModel {
    origins = List.copyOf(origins);
  }

  /** The default origin. */
  public ModelOrigin origin() {
    return origins.get(0);
  }

  /** The origin with this keyword. */
  public ModelOrigin origin(String keyword) {
    List<String> known = origins.stream().map(ModelOrigin::keyword).toList();
    return origins.stream()
        .filter(origin -> origin.keyword().equals(keyword))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    name + " cannot be fetched from \"" + keyword + "\".",
                    "Possible: --from " + String.join(" or --from ", known) + "."));
  }
}
