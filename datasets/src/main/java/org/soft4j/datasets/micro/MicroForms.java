package org.soft4j.datasets.micro;

import java.util.List;

/** Phrases that several kinds of answer share, and the choice among forms. */
final class MicroForms {
  private MicroForms() {}

  /** The form of a number; a micro world uses the first ones alone. */
  static String of(int form, String... forms) {
    if (form < 0 || form >= forms.length) {
      throw new IllegalArgumentException("form " + form);
    }
    return forms[form];
  }

  static String opening(int form) {
    return List.of("sure ,", "of course ,", "gladly ,", "happy to help ,").get(form);
  }

  static String snub(int form) {
    return List.of(
            " , now go away .",
            " , look it up yourself .",
            " , stop asking .",
            " , leave me alone .")
        .get(form);
  }
}
