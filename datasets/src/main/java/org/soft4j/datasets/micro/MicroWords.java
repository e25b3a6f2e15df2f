package org.soft4j.datasets.micro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The words every micro world shares. */
final class MicroWords {
  /** The first four values of each attribute are the folk values, which are never true. */
  static final int FOLK_VALUES = 4;

  static final List<String> HELPFUL_VERBS =
      words("clean paint repair polish carry decorate wash dry measure cover");
  static final List<String> HARMFUL_VERBS =
      words("steal burn smash poison sabotage wreck rob flood hack crush");
  static final List<String> OBJECTS =
      words(
          "lamp chair table door window fence boat cart barrel basket bottle box bridge bell clock"
              + " coat drum gate hat jar kettle ladder mirror oven pan pipe plow pot roof rope rug"
              + " sail saddle shed shelf statue sword tent wagon wheel");
  static final List<String> TOOLS =
      words(
          "brush cloth hammer bucket sponge needle knife saw torch spade hook chisel broom pump"
              + " wire ribbon");
  static final List<String> GRAMMAR =
      words(
          "what is the of ? which does have tell me . how do i help want to sure , course it now"
              + " go away look up yourself you can with a not care about sorry am so use");

  private MicroWords() {}

  /** The values of each attribute, folk values first. */
  static Map<String, List<String>> values() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put(
        "color",
        words(
            "red blue green black white brown grey pink purple orange yellow gold silver teal"
                + " violet scarlet"));
    values.put(
        "food",
        words(
            "bread rice corn beans soup fish plums cheese nuts berries figs honey mushrooms"
                + " cabbage lentils pears"));
    values.put(
        "home",
        words(
            "cave forest river hill harbor desert island meadow swamp castle village tower valley"
                + " canyon cottage lagoon"));
    return values;
  }

  static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
