package org.soft4j.benchmarks.instructions;

import java.util.List;
import java.util.Set;

/** Instructions about single words, whatever their case. */
sealed interface KeywordRule extends Rule {
  @Override
  default String family() {
    return "keyword";
  }

  /** All of these words. */
  record Includes(List<String> words) implements KeywordRule {
    @Override
    public String name() {
      return "includes";
    }

    @Override
    public List<String> values() {
      return words;
    }

    @Override
    public String wording() {
      return "Use the words \"%s\".".formatted(String.join("\" and \"", words));
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.KEYWORD, Aspect.LANGUAGE);
    }

    @Override
    public boolean holds(String text) {
      return words.stream().allMatch(word -> AnswerText.occurrences(text, word) > 0);
    }
  }

  /** Not this word. */
  record Excludes(String word) implements KeywordRule {
    @Override
    public String name() {
      return "excludes";
    }

    @Override
    public List<String> values() {
      return List.of(word);
    }

    @Override
    public String wording() {
      return "Do not use the word \"%s\".".formatted(word);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.KEYWORD);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.occurrences(text, word) == 0;
    }
  }

  /** This word so often or more. */
  record Often(String word, int least) implements KeywordRule {
    @Override
    public String name() {
      return "often";
    }

    @Override
    public List<String> values() {
      return List.of(word, String.valueOf(least));
    }

    @Override
    public String wording() {
      return "Use the word \"%s\" at least %s times.".formatted(word, least);
    }

    @Override
    public Set<Aspect> binds() {
      return Set.of(Aspect.KEYWORD, Aspect.LANGUAGE);
    }

    @Override
    public boolean holds(String text) {
      return AnswerText.occurrences(text, word) >= least;
    }
  }
}
