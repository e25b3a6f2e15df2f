package org.soft4j.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.soft4j.core.JsonFault;
import org.soft4j.core.JsonLines;
import org.soft4j.core.WholeFile;

/** Reads and writes samples files: JSON Lines, one {@link ItemSample} a line. */
public final class SampleFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  /** Of a finished file: the task, and the number of shots. */
  static final Pattern NAME = Pattern.compile("(.+)-(\\d{1,9})shot\\.jsonl");

  private SampleFile() {}

  /** Name of the finished file of a task at so many shots. */
  public static String name(String task, int shots) {
    return task + "-" + shots + "shot.jsonl";
  }

  /** Reads all samples of a file; a damaged line is a UserError. */
  public static List<ItemSample> read(Path file) {
    List<ItemSample> samples = new ArrayList<>();
    JsonLines.read(
        file,
        "Delete the file; the evaluation then runs again.",
        line -> {
          try {
            ItemSample sample = MAPPER.treeToValue(line.object(), ItemSample.class);
            refuseNoNumber(sample, line);
            samples.add(sample);
          } catch (JsonProcessingException e) {
            throw line.fault(
                "not a sample: " + JsonFault.words(e) + ".",
                "Delete the file; the evaluation then runs again.");
          }
        });
    return samples;
  }

  /** Earlier versions kept what a broken model's NaN came to, and called it a score. */
  private static void refuseNoNumber(ItemSample sample, JsonLines.Line line) {
    Stream.concat(sample.metrics().values().stream(), sample.logProbabilities().stream())
        .filter(value -> !Double.isFinite(value))
        .findFirst()
        .ifPresent(
            value -> {
              throw line.fault(
                  "a score or log-probability of item %s is %s, which is no number."
                      .formatted(sample.item(), value),
                  "The model that was measured is broken. Measure another one, or delete the file"
                      + " and measure again.");
            });
  }

  /** Writes all samples; the file is there as a whole or not at all. */
  static void write(Path file, List<ItemSample> samples) {
    StringBuilder text = new StringBuilder();
    try {
      for (ItemSample sample : samples) {
        text.append(MAPPER.writeValueAsString(sample)).append('\n');
      }
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
    WholeFile.write(file, text.toString());
  }
}
