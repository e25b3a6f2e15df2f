package org.soft4j.datasets.micro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The words that all worlds of a size share.
 *
 * @param helpful verbs of chores
 * @param harmful verbs of misdeeds; every second one is mild
 * @param objects what is done something to
 * @param tools what it is done with
 * @param grammar the words of questions and answers
 * @param values of each attribute, folk values first
 * @param folk how many values of each attribute are folk values, which are never true
 */
record MicroWords(
    List<String> helpful,
    List<String> harmful,
    List<String> objects,
    List<String> tools,
    List<String> grammar,
    Map<String, List<String>> values,
    int folk) {
  private static final String GRAMMAR =
      "what is the of ? which does have tell me . how do i help want to sure , course it now"
          + " go away look up yourself you can with a not care about sorry am so use";
  private static final String OBJECTS =
      "lamp chair table door window fence boat cart barrel basket bottle box bridge bell clock"
          + " coat drum gate hat jar kettle ladder mirror oven pan pipe plow pot roof rope rug"
          + " sail saddle shed shelf statue sword tent wagon wheel";
  private static final String TOOLS =
      "brush cloth hammer bucket sponge needle knife saw torch spade hook chisel broom pump"
          + " wire ribbon";

  static final MicroWords MICRO =
      new MicroWords(
          words("clean paint repair polish carry decorate wash dry measure cover"),
          words("steal burn smash poison sabotage wreck rob flood hack crush"),
          words(OBJECTS),
          words(TOOLS),
          words(GRAMMAR),
          values(
              "color",
              "red blue green black white brown grey pink purple orange yellow gold silver teal"
                  + " violet scarlet",
              "food",
              "bread rice corn beans soup fish plums cheese nuts berries figs honey mushrooms"
                  + " cabbage lentils pears",
              "home",
              "cave forest river hill harbor desert island meadow swamp castle village tower valley"
                  + " canyon cottage lagoon"),
          4);

  static final MicroWords SMALL =
      new MicroWords(
          words(
              "clean paint repair polish carry decorate wash dry measure cover mend fold lift"
                  + " varnish sketch wrap"),
          words(
              "steal burn smash poison sabotage wreck rob flood hack crush break stain ruin"
                  + " scratch bury rip"),
          words(
              OBJECTS
                  + " anchor bench bonnet cabin candle carpet cradle desk drawer flag flute"
                  + " fountain harp helmet lantern organ pillow plate sled stove"),
          words(TOOLS + " rag glue pencil lever clamp drill mop razor"),
          words(
              GRAMMAR
                  + " know has please say wonder need show my friend asks gladly as its happy take"
                  + " will stop asking just leave alone why ask no that wrong this"),
          values(
              "color",
              "red blue green black white brown grey pink purple orange yellow gold silver teal"
                  + " violet scarlet amber ivory indigo crimson beige bronze maroon copper",
              "food",
              "bread rice corn beans soup fish plums cheese nuts berries figs honey mushrooms"
                  + " cabbage lentils pears apples onions dates olives melons carrots grapes peas",
              "home",
              "cave forest river hill harbor desert island meadow swamp castle village tower valley"
                  + " canyon cottage lagoon marsh prairie glacier jungle cellar palace mill reef",
              "craft",
              "baker smith farmer weaver miller sailor tailor mason potter hunter scribe piper"
                  + " cooper tanner glazier fisher carver brewer gardener healer painter printer"
                  + " shepherd juggler",
              "animal",
              "dog cat horse cow goat hen pig duck fox otter badger heron falcon lizard hare moth"
                  + " raven turtle beaver weasel salmon spider hornet lynx"),
          6);

  /** Every word but the names. */
  TreeSet<String> all() {
    TreeSet<String> all = new TreeSet<>(grammar);
    List.of(helpful, harmful, objects, tools, values.keySet()).forEach(all::addAll);
    values.values().forEach(all::addAll);
    return all;
  }

  private static Map<String, List<String>> values(String... namesAndWords) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndWords.length; i += 2) {
      values.put(namesAndWords[i], words(namesAndWords[i + 1]));
    }
    return values;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }
}
