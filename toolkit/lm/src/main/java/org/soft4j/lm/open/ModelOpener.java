package org.soft4j.lm.open;

/** Opens models; tests and endpoints put their own in the place of the local one. */
@FunctionalInterface
public interface ModelOpener {
  /** Opens a model; the caller closes it. */
  OpenedModel open(ModelChoice choice);
}
