package org.soft4j.notebooks;

import java.awt.image.BufferedImage;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

/** A chart as a picture. */
public final class ChartPicture {
  private ChartPicture() {}

  /** Draws the chart at its own size in pixels. */
  public static BufferedImage of(IChart chart) {
    return BitmapEncoder.getBufferedImage(chart);
  }
}
