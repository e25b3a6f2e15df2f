package org.soft4j.notebooks;

import java.util.Optional;

/**
 * A value as a page shows it.
 *
 * @param text for pages that show nothing else
 * @param html whole elements, with every text in them escaped
 * @param picture a PNG
 */
public record Shown(String text, Optional<String> html, Optional<Picture> picture) {
  /**
   * A PNG.
   *
   * @param base64 its bytes
   * @param width in points of the page
   */
  public record Picture(String base64, int width) {}

  /** Text alone. */
  public static Shown text(String text) {
    return new Shown(text, Optional.empty(), Optional.empty());
  }

  /** HTML, and text where HTML is not shown. */
  public static Shown html(String html, String text) {
    return new Shown(text, Optional.of(html), Optional.empty());
  }

  /** A picture, and text where pictures are not shown. */
  public static Shown picture(Picture picture, String text) {
    return new Shown(text, Optional.empty(), Optional.of(picture));
  }
}
