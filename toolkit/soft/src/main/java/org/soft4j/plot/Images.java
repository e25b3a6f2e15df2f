package org.soft4j.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.IChart;

/** Charts as pictures, without a screen. */
public final class Images {
  private Images() {}

  /**
   * A chart as PNG bytes.
   *
   * @param scale pixels per point of the chart; 2 is crisp on dense screens and in print
   */
  public static byte[] png(IChart chart, int scale) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(chart, scale), "png", bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** A chart as a picture of its width and height times the scale. */
  public static BufferedImage image(IChart chart, int scale) {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image =
        new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.scale(scale, scale);
      chart.paint(graphics, width, height);
    } finally {
      graphics.dispose();
    }
    return image;
  }
}
