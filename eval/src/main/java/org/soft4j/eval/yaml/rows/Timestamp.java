package org.soft4j.eval.yaml.rows;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that pyarrow takes for a time: a date, with hours, minutes and seconds, with an offset. */
final class Timestamp {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)(?:["
              + " T](\\d\\d)(?::(\\d\\d)(?::(\\d\\d))?)?(?:Z|([+-])(\\d\\d)(?::?(\\d\\d))?)?)?");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private Timestamp() {}

  /** The time as Python's str() writes it, at UTC where the text has an offset. */
  static Optional<String> of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              Integer.parseInt(parts.group(1)),
              number(parts, 2),
              number(parts, 3),
              number(parts, 4),
              number(parts, 5),
              number(parts, 6));
      int minutes = number(parts, 8) * 60 + number(parts, 9);
      boolean sound = number(parts, 8) < 24 && number(parts, 9) < 60;
      boolean west = "-".equals(parts.group(7));
      return sound
          ? Optional.of(shown(local.atOffset(ZoneOffset.UTC).toLocalDateTime(), west, minutes))
          : Optional.empty();
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static String shown(LocalDateTime local, boolean west, int minutes) {
    LocalDateTime utc = west ? local.plusMinutes(minutes) : local.minusMinutes(minutes);
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("a time in the year %s ends it".formatted(utc.getYear()));
    }
    return SHOWN.format(utc);
  }

  private static int number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
  }
}
