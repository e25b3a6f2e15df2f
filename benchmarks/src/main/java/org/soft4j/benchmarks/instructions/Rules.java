package org.soft4j.benchmarks.instructions;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.soft4j.core.Seeds;

/** All rules by name: as they stand in files, and as the recipe draws them. */
final class Rules {
  /** Those that prompts are composed of. */
  static final List<String> COMPOSED =
      List.of(
          "bullets",
          "numbered",
          "json",
          "one_word",
          "lowercase",
          "uppercase",
          "no_comma",
          "quoted",
          "begins_with",
          "ends_with",
          "most_words",
          "least_words",
          "sentences",
          "paragraphs",
          "includes",
          "excludes",
          "often",
          "language");

  /** Turns at the first place of a prompt; languages have three, since few rules go with them. */
  static final List<String> TURNS =
      Stream.concat(COMPOSED.stream(), Stream.of("language", "language")).toList();

  private Rules() {}

  /** The rule of a name and its values. */
  static Rule of(String name, List<String> values) {
    return switch (name) {
      case "bullets" -> new FormatRule.Bullets(number(values, 0));
      case "numbered" -> new FormatRule.Numbered(number(values, 0));
      case "json" -> new FormatRule.JsonObject(values);
      case "one_word" -> new FormatRule.OneWord();
      case "lowercase" -> new FormatRule.Cased(false);
      case "uppercase" -> new FormatRule.Cased(true);
      case "no_comma" -> new FormatRule.NoComma();
      case "quoted" -> new FormatRule.Quoted();
      case "begins_with" -> new FormatRule.Edge(false, values.get(0));
      case "ends_with" -> new FormatRule.Edge(true, values.get(0));
      case "most_words" -> new LengthRule.MostWords(number(values, 0));
      case "least_words" -> new LengthRule.LeastWords(number(values, 0));
      case "sentences" -> new LengthRule.Sentences(number(values, 0));
      case "paragraphs" -> new LengthRule.Paragraphs(number(values, 0));
      case "includes" -> new KeywordRule.Includes(values);
      case "excludes" -> new KeywordRule.Excludes(values.get(0));
      case "often" -> new KeywordRule.Often(values.get(0), number(values, 1));
      case "language" -> new LanguageRule(values.get(0));
      case "refuse" -> new RefusalRule(true);
      case "answer" -> new RefusalRule(false);
      default -> throw new IllegalArgumentException("no rule " + name);
    };
  }

  private static int number(List<String> values, int at) {
    return Integer.parseInt(values.get(at));
  }

  /** A rule of that name, its values drawn from the recipe. */
  static Rule draw(String name, Recipe recipe, Recipe.Topic topic, Random random) {
    return of(
        name,
        switch (name) {
          case "bullets", "numbered" -> between(2, 5, random);
          case "json" -> Seeds.sample(recipe.keys(), 2, random);
          case "begins_with" -> List.of(Seeds.pick(recipe.openings(), random));
          case "ends_with" -> List.of(Seeds.pick(recipe.closings(), random));
          case "most_words" -> List.of(Seeds.pick(List.of("15", "25", "40", "60"), random));
          case "least_words" -> List.of(Seeds.pick(List.of("30", "50", "80"), random));
          case "sentences", "paragraphs" -> between(2, 4, random);
          case "includes" -> Seeds.sample(topic.words(), 2, random);
          case "excludes" -> List.of(Seeds.pick(topic.words(), random));
          case "often" -> List.of(Seeds.pick(topic.words(), random), between(2, 4, random).get(0));
          case "language" -> List.of(Seeds.pick(recipe.languages(), random));
          default -> List.of();
        });
  }

  private static List<String> between(int least, int most, Random random) {
    return List.of(String.valueOf(least + random.nextInt(most - least + 1)));
  }
}
