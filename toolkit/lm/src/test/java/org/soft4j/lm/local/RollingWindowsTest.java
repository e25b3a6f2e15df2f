package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.lm.tokenizer.TokenizerVectors;

/**
 * Windows of five tokens as lm-evaluation-harness 0.4.13 cuts them: make_disjoint_window over
 * get_rolling_token_windows, written down by tools/golden/whole_task_metrics.py. Each is given as
 * first predicted token, end, first scored token.
 */
class RollingWindowsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | ''",
        "1  | 0 1 0",
        "5  | 0 5 0",
        "6  | 0 5 0, 1 6 5", // [1, 2, 3, 4, 5] is read and token 6 alone is scored
        "9  | 0 5 0, 4 9 5",
        "11 | 0 5 0, 5 10 5, 6 11 10",
        "23 | 0 5 0, 5 10 5, 10 15 10, 15 20 15, 18 23 20"
      })
  void windowsAreTheHarnesss(int tokens, String expected) {
    List<int[]> windows = RollingWindows.windows(tokens, 5);
    assertEquals(
        expected,
        windows.stream()
            .map(window -> window[0] + " " + window[1] + " " + window[2])
            .collect(Collectors.joining(", ")));
  }

  /**
   * What the harness's HFLM feeds and scores of texts of random tokens and lengths, by its own
   * functions: tools/golden/rolling_windows.py.
   */
  @Test
  void tokensThatAreReadAndScoredAreTheHarnesss() throws IOException {
    JsonNode cases;
    try (InputStream in = getClass().getResourceAsStream("rolling-windows.json")) {
      cases = JsonMapper.builder().build().readTree(in);
    }
    assertEquals(60, cases.size());
    for (JsonNode text : cases) {
      int[] tokens = TokenizerVectors.ids(text.path("tokens"));
      List<int[]> windows = RollingWindows.windows(tokens.length, text.path("longest").asInt());
      assertEquals(text.path("windows").size(), windows.size(), text.toString());
      for (int i = 0; i < windows.size(); i++) {
        JsonNode expected = text.path("windows").get(i);
        ScorePlan plan =
            RollingWindows.plan(i, tokens, windows.get(i), text.path("prefix").asInt());
        assertArrayEquals(TokenizerVectors.ids(expected.get(0)), plan.inputs(), text.toString());
        assertArrayEquals(TokenizerVectors.ids(expected.get(1)), plan.targets(), text.toString());
      }
    }
  }
}
