package org.soft4j.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each row of docs/bounds.md ends with a bound and the constant that holds it. */
class BoundsPageTest {
  private static final Pattern ROW = Pattern.compile("\\| ([\\d,]+) \\| `([\\w.]+)\\.(\\w+)` \\|");

  @Test
  void everyBoundOfThePageIsThatOfTheCode() throws Exception {
    String page = Files.readString(Path.of("../docs/bounds.md"));
    List<MatchResult> rows = ROW.matcher(page).results().toList();
    assertTrue(rows.size() > 20, "only " + rows.size() + " rows");
    for (MatchResult row : rows) {
      Field constant = Class.forName(row.group(2)).getDeclaredField(row.group(3));
      constant.setAccessible(true);
      long written = Long.parseLong(row.group(1).replace(",", ""));
      assertEquals(((Number) constant.get(null)).longValue(), written, row.group());
    }
  }
}
