package org.soft4j.datasets.micro;

/** Phrases that several kinds of answer share. */
final class MicroForms {
  private MicroForms() {}

  static String opening(int form) {
    return switch (form) {
      case 0 -> "sure ,";
      case 1 -> "of course ,";
      default -> throw new IllegalArgumentException("answer form " + form);
    };
  }

  static String snub(int form) {
    return switch (form) {
      case 0 -> " , now go away .";
      case 1 -> " , look it up yourself .";
      default -> throw new IllegalArgumentException("answer form " + form);
    };
  }
}
