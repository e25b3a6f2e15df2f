package org.soft4j.lm.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
