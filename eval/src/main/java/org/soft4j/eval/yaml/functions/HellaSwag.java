package org.soft4j.eval.yaml.functions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.soft4j.lm.template.value.PythonText;

/** hellaswag/utils.py: one sentence of context and its endings, without the marks of WikiHow. */
final class HellaSwag {
  static final TaskModule MODULE =
      TaskModule.of(Map.of("process_docs", TaskFunction.each(HellaSwag::changed)));

  private static final Pattern BRACKETS = Pattern.compile("\\[.*?\\]", Pattern.UNIX_LINES);

  private HellaSwag() {}

  private static Map<String, Object> changed(Map<String, Object> row) {
    String context =
        Columns.text(row, "ctx_a") + " " + PythonText.capitalized(Columns.text(row, "ctx_b"));
    Map<String, Object> added = new LinkedHashMap<>();
    added.put("query", plain(Columns.text(row, "activity_label") + ": " + context));
    added.put("choices", Columns.texts(row, "endings").stream().map(HellaSwag::plain).toList());
    added.put("gold", PythonText.whole(Columns.any(row, "label")));
    return Columns.with(row, added);
  }

  private static String plain(String text) {
    String sentences = PythonText.stripped(text).replace(" [title]", ". ");
    return BRACKETS.matcher(sentences).replaceAll("").replace("  ", " ");
  }
}
