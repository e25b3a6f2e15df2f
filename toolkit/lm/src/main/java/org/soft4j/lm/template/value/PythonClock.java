package org.soft4j.lm.template.value;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a time as Python's strftime does, in English. */
final class PythonClock {
  private static final Pattern DIRECTIVE = Pattern.compile("%(-?.)", Pattern.DOTALL);

  private static final Map<String, String> PATTERNS =
      Map.ofEntries(
          Map.entry("d", "dd"),
          Map.entry("-d", "d"),
          Map.entry("m", "MM"),
          Map.entry("-m", "M"),
          Map.entry("b", "MMM"),
          Map.entry("B", "MMMM"),
          Map.entry("y", "yy"),
          Map.entry("Y", "yyyy"),
          Map.entry("a", "EEE"),
          Map.entry("A", "EEEE"),
          Map.entry("j", "DDD"),
          Map.entry("H", "HH"),
          Map.entry("I", "hh"),
          Map.entry("M", "mm"),
          Map.entry("S", "ss"),
          Map.entry("p", "a"));

  private PythonClock() {}

  /** What strftime_now(format) gives. */
  static String format(Clock clock, String format) {
    ZonedDateTime time = ZonedDateTime.now(clock);
    return DIRECTIVE
        .matcher(format)
        .replaceAll(match -> Matcher.quoteReplacement(directive(match.group(1), time)));
  }

  private static String directive(String name, ZonedDateTime time) {
    if (name.equals("%")) {
      return "%";
    }
    String pattern = PATTERNS.get(name);
    if (pattern == null) {
      throw new TemplateFault("strftime_now with %" + name + " is not supported");
    }
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
  }
}
