package org.soft4j.eval.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.soft4j.eval.python.PythonPattern;
import org.soft4j.lm.template.value.PythonText;

/**
 * The harness's {@code format_span}: named entities that an answer lists, such as {@code Person:
 * Ada, none}, as {@code per: ada}, one behind the other.
 */
final class SpanFormat {
  private static final Map<PythonPattern, String> LABELS = labels();
  private static final PythonPattern ENTITIES =
      new PythonPattern("\\b(PER|LOC|ORG|DATE):\\s*([^$]+)");

  private SpanFormat() {}

  /** The entities of an answer. */
  static String of(String answer) {
    String text = answer.toLowerCase(Locale.ROOT);
    for (Map.Entry<PythonPattern, String> label : LABELS.entrySet()) {
      text = label.getKey().replaced(text, label.getValue() + ":");
    }
    text = text.replace("$$", "$").replaceFirst("\\$+\\z", "");
    List<String> found = new ArrayList<>();
    for (List<String> match : ENTITIES.findAll(PythonText.stripped(text.replace("\n", "$")))) {
      for (String value : match.get(1).split(",", -1)) {
        String entity = PythonText.stripped(value);
        if (!entity.equalsIgnoreCase("none")) {
          found.add(match.get(0).toLowerCase(Locale.ROOT) + ": " + entity);
        }
      }
    }
    return String.join(" $ ", found);
  }

  /** In the harness's order, in which a label that is written again is no word any more. */
  private static Map<PythonPattern, String> labels() {
    String written =
        """
        person PER location LOC organization ORG counties LOC places LOC people PER persons PER
        company ORG country LOC continent LOC time DATE date DATE per PER loc LOC org ORG\
        """;
    Map<PythonPattern, String> labels = new LinkedHashMap<>();
    Iterator<String> words = List.of(written.split("\\s+")).iterator();
    while (words.hasNext()) {
      labels.put(new PythonPattern("\\b" + words.next() + "\\s*:"), words.next());
    }
    return labels;
  }
}
