package org.soft4j.speed.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soft4j.core.Json;
import org.soft4j.core.WholeFile;

/** Prompts of the micro world's words, as many as are asked for, all different. */
final class MadePrompts {
  private static final List<String> VERBS =
      List.of("cover", "clean", "paint", "repair", "carry", "wash", "measure", "polish", "dry");
  private static final List<String> THINGS =
      List.of("fence", "rug", "lamp", "shelf", "oven", "coat", "broom", "bucket");

  private MadePrompts() {}

  static void write(Path file, int count) {
    WholeFile.write(file, Json.lines(texts(count)));
  }

  private static List<Map<String, String>> texts(int count) {
    List<Map<String, String>> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int rest = i;
      StringBuilder text = new StringBuilder("how do i");
      for (int part = 0; part < 3; part++) {
        text.append(part == 0 ? " " : " and ")
            .append(VERBS.get(rest % VERBS.size()))
            .append(" the ");
        rest /= VERBS.size();
        text.append(THINGS.get(rest % THINGS.size()));
        rest /= THINGS.size();
      }
      Map<String, String> row = new LinkedHashMap<>();
      row.put("id", "p" + i);
      row.put("type", "how");
      row.put("prompt", text.append(" ?").toString());
      texts.add(row);
    }
    return texts;
  }
}
