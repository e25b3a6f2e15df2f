package org.soft4j.datasets.parquet;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** Dates and times as Python's str() writes them: a blank between the two, no fraction of zero. */
final class PythonTime {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final String UTC = "+00:00";

  /** The Julian day of 1970-01-01. */
  private static final int EPOCH = 2_440_588;

  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  private PythonTime() {}

  static String date(int day) {
    return LocalDate.ofEpochDay(day).toString();
  }

  static String time(long value, TimeLogicalTypeAnnotation type) {
    long units = ChronoUnit.DAYS.getDuration().dividedBy(unit(type.getUnit()).getDuration());
    if (value < 0 || value >= units) {
      throw new IllegalArgumentException("a time of %s, which is no time of day".formatted(value));
    }
    LocalTime time = LocalTime.MIDNIGHT.plus(value, unit(type.getUnit()));
    return written(time) + (type.isAdjustedToUTC() ? UTC : "");
  }

  static String timestamp(long value, TimestampLogicalTypeAnnotation type) {
    LocalDateTime at =
        LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus(value, unit(type.getUnit()));
    return written(at) + (type.isAdjustedToUTC() ? UTC : "");
  }

  /** What INT96 holds: a day, and nanoseconds in it. */
  static String julian(int day, long nanos) {
    if (nanos < 0 || nanos >= NANOS_A_DAY) {
      throw new IllegalArgumentException("%s nanoseconds within a day".formatted(nanos));
    }
    return written(
        LocalDate.ofEpochDay((long) day - EPOCH)
            .atTime(LocalTime.MIDNIGHT)
            .plus(nanos, ChronoUnit.NANOS));
  }

  private static String written(LocalDateTime at) {
    return at.toLocalDate() + " " + written(at.toLocalTime());
  }

  /** Six digits behind the point, as Python has, or nine where there are nanoseconds. */
  private static String written(LocalTime time) {
    int nanos = time.getNano();
    if (nanos == 0) {
      return SECONDS.format(time);
    }
    String fraction = String.format(Locale.ROOT, "%09d", nanos);
    return SECONDS.format(time) + "." + (nanos % 1000 == 0 ? fraction.substring(0, 6) : fraction);
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }
}
