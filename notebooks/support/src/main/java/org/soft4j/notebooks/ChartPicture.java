package org.soft4j.notebooks;

import java.util.Base64;
import org.knowm.xchart.internal.chartpart.IChart;
import org.soft4j.plot.Images;

/** A chart of any kind as a picture. */
final class ChartPicture {
  /** Pixels of the picture per point of the page, so that it is crisp on dense screens. */
  static final int SCALE = 2;

  private ChartPicture() {}

  /** A PNG with twice as many pixels a side as the chart has points. */
  static Shown.Picture of(IChart chart) {
    String base64 = Base64.getEncoder().encodeToString(Images.png(chart, SCALE));
    return new Shown.Picture(base64, chart.getWidth());
  }
}
