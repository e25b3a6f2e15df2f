package org.soft4j.benchmarks.instructions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An answer in one language. Of languages in Latin letters, the recipe names the commonest small
 * words: those of the language that was asked for must be more than those of any other, two at
 * least, and a tenth of all words. Russian is told by its letters: four fifths of them Cyrillic.
 *
 * @param language as a prompt calls it
 */
record LanguageRule(String language) implements Rule {
  private static final String RUSSIAN = "Russian";
  private static final int LEAST = 2;
  private static final int PER_WORD = 10;

  @Override
  public String name() {
    return "language";
  }

  @Override
  public List<String> values() {
    return List.of(language);
  }

  @Override
  public String wording() {
    return "Answer in %s.".formatted(language);
  }

  @Override
  public Set<Aspect> binds() {
    return Set.of(Aspect.LANGUAGE, Aspect.KEYWORD, Aspect.EDGES);
  }

  @Override
  public String family() {
    return "language";
  }

  @Override
  public boolean holds(String text) {
    return language.equals(RUSSIAN) ? cyrillic(text) : smallWords(text);
  }

  private static boolean cyrillic(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long cyrillic =
        text.codePoints().filter(c -> Character.isLetter(c) && c >= 0x400 && c <= 0x52F).count();
    return letters > 0 && 5 * cyrillic >= 4 * letters;
  }

  private boolean smallWords(String text) {
    List<String> words = AnswerText.letterRuns(text);
    Map<String, Long> hits = new HashMap<>();
    Recipe.standard()
        .smallWords()
        .forEach((name, small) -> hits.put(name, words.stream().filter(small::contains).count()));
    long own = hits.getOrDefault(language, 0L);
    boolean most =
        hits.entrySet().stream()
            .allMatch(other -> other.getKey().equals(language) || other.getValue() < own);
    return most && own >= LEAST && PER_WORD * own >= words.size();
  }
}
