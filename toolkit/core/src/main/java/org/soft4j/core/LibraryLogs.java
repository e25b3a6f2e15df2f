package org.soft4j.core;

/**
 * The log of the libraries below, which is SLF4J's. A program chooses where it goes by a provider
 * on its class path; without one it goes nowhere, and SLF4J would warn of that on the first line of
 * standard error. Called before such a library is first used.
 */
public final class LibraryLogs {
  private static final String PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  // Of SLF4J 2.0.10 and later; what its value is decides once, at the first use.
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private LibraryLogs() {}

  /** Takes it as meant that a program brings no provider; one that does is not touched. */
  public static void quietWithoutProvider() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    boolean provided =
        LibraryLogs.class.getClassLoader().getResource(PROVIDERS) != null
            || loader != null && loader.getResource(PROVIDERS) != null;
    if (!provided && System.getProperty(VERBOSITY) == null) {
      System.setProperty(VERBOSITY, "ERROR");
    }
  }
}
