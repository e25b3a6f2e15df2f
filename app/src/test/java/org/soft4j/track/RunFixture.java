package org.soft4j.track;

import java.nio.file.Path;
import org.soft4j.core.WholeFile;

/** A run's folder as it grows, with the files that trackers read. */
final class RunFixture {
  private static final String HEAD =
      "round,benchmark,shots,metric,value,standard_error,items,chance\n";
  private static final String TRAINING =
      "round,step,epoch,loss,learned_tokens,tokens,learning_rate,gradient_norm\n";

  private RunFixture() {}

  /** A folder with the record and the base model's values. */
  static Path begun(Path folder) {
    WholeFile.write(
        folder.resolve("run.json"),
        "{\"settings\": {\"method\": \"soft+\", \"training\": {\"rank\": 8}},"
            + " \"sources\": {\"pool\": \"micro\", \"headline\": \"truth mc1\"},"
            + " \"model\": {\"name\": \"micro-1\"}}");
    return round(folder, 0, "truth,0,mc1,0.25", "SOFT+ 100%,0,in%/a..b,Infinity");
  }

  /** The values of another round; from 1 on, after three steps of training. */
  static Path round(Path folder, int round, String... values) {
    StringBuilder rows = new StringBuilder(HEAD);
    for (String value : values) {
      rows.append(round).append(',').append(value).append(",0.1,80,0.25\n");
    }
    Path place = folder.resolve("round-" + round);
    if (round > 0) {
      WholeFile.write(
          place.resolve("training.csv"),
          TRAINING + "1,0,0,3.5,9,9,0.1,1\n1,1,0,2.5,9,9,0.1,1\n1,2,0,1.5,9,9,0.1,1\n");
    }
    WholeFile.write(place.resolve("metrics.csv"), rows.toString());
    WholeFile.write(folder.resolve("metrics.csv"), rows.toString());
    return folder;
  }
}
