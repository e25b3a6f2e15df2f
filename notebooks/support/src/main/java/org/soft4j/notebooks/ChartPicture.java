package org.soft4j.notebooks;

import java.util.Base64;
import org.knowm.xchart.XYChart;
import org.soft4j.plot.Images;

/** A chart as a picture. */
public final class ChartPicture {
  /** Pixels of the picture per point of the page, so that it is crisp on dense screens. */
  static final int SCALE = 2;

  private ChartPicture() {}

  /** A PNG in base64, with twice as many pixels a side as the chart has points. */
  public static String of(XYChart chart) {
    return Base64.getEncoder().encodeToString(Images.png(chart, SCALE));
  }
}
