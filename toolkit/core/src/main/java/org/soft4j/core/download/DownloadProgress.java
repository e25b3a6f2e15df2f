package org.soft4j.core.download;

/** Hears how far a download has come. */
@FunctionalInterface
public interface DownloadProgress {
  /** Hears nothing. */
  DownloadProgress NONE = (file, done, total) -> {};

  /**
   * Called often.
   *
   * @param file name of the file
   * @param done bytes that are here
   * @param total bytes in all, or -1 where the server does not say
   */
  void at(String file, long done, long total);
}
