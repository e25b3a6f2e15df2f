package org.soft4j.eval.yaml.functions;

import java.util.List;
import java.util.Map;
import org.soft4j.lm.template.value.PythonText;

/** winogrande/preprocess_winogrande.py: either name in the blank, and what follows it is scored. */
final class WinoGrande {
  static final TaskModule MODULE =
      TaskModule.of(
          Map.of(
              "doc_to_text", (TaskFunction.Value) WinoGrande::right,
              "doc_to_target", (TaskFunction.Value) WinoGrande::behind,
              "doc_to_choice", (TaskFunction.Value) WinoGrande::choices));

  private WinoGrande() {}

  private static Object right(Map<String, Object> row) {
    Object answer = Columns.any(row, "answer");
    if ("1".equals(answer) || "2".equals(answer)) {
      return "1".equals(answer) ? 0L : 1L;
    }
    throw new IllegalArgumentException("\"answer\" is " + answer + ", neither \"1\" nor \"2\"");
  }

  private static String behind(Map<String, Object> row) {
    return PythonText.stripped(Columns.text(row, "sentence").substring(blank(row) + 1));
  }

  private static List<String> choices(Map<String, Object> row) {
    String before = Columns.text(row, "sentence").substring(0, blank(row));
    return List.of(before + Columns.text(row, "option1"), before + Columns.text(row, "option2"));
  }

  private static int blank(Map<String, Object> row) {
    int at = Columns.text(row, "sentence").indexOf('_');
    if (at < 0) {
      throw new IllegalArgumentException("\"sentence\" has no blank (_)");
    }
    return at;
  }
}
