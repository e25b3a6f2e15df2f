package org.soft4j.notebooks;

/** A place on the page that is drawn again and again; a kernel's binding implements it. */
public interface Page {
  /**
   * Draws for the first time.
   *
   * @param id of the place, unlike any other on the page
   */
  void draw(String id, Shown what);

  /** Draws over what stands there. */
  void redraw(String id, Shown what);
}
