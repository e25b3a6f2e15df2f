package org.soft4j.eval.yaml.functions;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/** bbh/zeroshot/utils.py and bbh/cot_zeroshot/utils.py: filters that know the row's question. */
final class BigBenchHard {
  static final TaskModule MODULE =
      TaskModule.of(
          Map.of(
              "MultiChoiceRegexFilter", (TaskFunction.Filter) BigBenchHard::choices,
              "MapRegexFilter", (TaskFunction.Filter) BigBenchHard::mapped,
              "NumberParseRegexFilter", (TaskFunction.Filter) NumberWords::filter,
              "WordSortFilter", (TaskFunction.Filter) BigBenchHard::sorting));

  private static final String PATTERN = "regex_pattern";
  private static final String VALUES = "regex_pattern_to_value";
  private static final PythonPattern CHOICES = new PythonPattern("\\([A-Z]\\)([^\\n^(]*)");

  private BigBenchHard() {}

  private static TaskFunction.Extraction sorting(Map<String, Object> options) {
    RegexOptions.refuseOthers(options, Set.of());
    return BigBenchHard::sorted;
  }

  private static TaskFunction.Extraction choices(Map<String, Object> options) {
    RegexOptions set = RegexOptions.of(options, PATTERN);
    PythonPattern first = new PythonPattern(RegexOptions.text(options, PATTERN));
    return (answer, row) ->
        set.choice(
            first,
            CHOICES.findAll(Columns.text(row, "input")).stream()
                .map(groups -> groups.get(0))
                .toList(),
            answer);
  }

  private static TaskFunction.Extraction mapped(Map<String, Object> options) {
    RegexOptions set = RegexOptions.of(options, VALUES);
    Map<String, Object> values = Columns.map(options, VALUES);
    PythonPattern all = new PythonPattern(String.join("|", values.keySet()));
    Map<PythonPattern, String> each = new LinkedHashMap<>();
    values.keySet().forEach(key -> each.put(new PythonPattern(key), Columns.text(values, key)));
    return (answer, row) ->
        set.found(all, set.plain(answer))
            .flatMap(
                whole ->
                    each.entrySet().stream()
                        .filter(one -> set.found(one.getKey(), set.plain(whole)).isPresent())
                        .map(Map.Entry::getValue)
                        .findFirst())
            .orElse(set.fallback());
  }

  /** The question's words in the order in which the answer has each of them last. */
  private static String sorted(String answer, Map<String, Object> row) {
    String[] parts = Columns.text(row, "input").split("List:", -1);
    if (parts.length < 2) {
      throw new IllegalArgumentException("\"input\" has no List:");
    }
    String words =
        PythonText.words(parts[1]).stream()
            .map(BigBenchHard::word)
            .collect(Collectors.joining("|"));
    Set<String> last = new LinkedHashSet<>();
    for (List<String> match : new PythonPattern(words).findAll(answer)) {
      last.remove(match.get(0));
      last.add(match.get(0));
    }
    return String.join(" ", last);
  }

  /** The harness takes words for expressions as they are. */
  private static String word(String word) {
    if (!word.matches("(?U)[\\w'&-]+")) {
      throw new IllegalArgumentException("\"input\" has the word \"%s\"".formatted(word));
    }
    return "\\b" + word + "\\b";
  }
}
