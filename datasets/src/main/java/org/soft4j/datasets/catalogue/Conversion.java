package org.soft4j.datasets.catalogue;

import java.util.Optional;

/**
 * How a file of prompts, one {@code {"id", "source", "prompt"}} a line, is made of what is
 * published.
 *
 * @param form what is published
 * @param source goes into every row
 * @param ids beginning of the ids, where the published rows have none; their number follows
 * @param sha256 of the file of prompts, where it is known beforehand
 */
public record Conversion(Form form, String source, String ids, Optional<String> sha256) {
  /** Published forms. */
  public enum Form {
    /** Self-Instruct's JSON Lines: an instruction and instances, of which the first is taken. */
    INSTANCES(
        "instances",
        "each row's instruction, and after an empty line the first instance's input where it has one"),
    /** hh-rlhf's gzipped JSON Lines of conversations. */
    FIRST_TURNS("first-turns", "the first human turn of each chosen conversation, each text once"),
    /** A JSON array of instruction, input and response. */
    INSTRUCTIONS(
        "instructions",
        "each row's instruction, and after an empty line its input where it has one, each text"
            + " once");

    private final String keyword;
    private final String words;

    Form(String keyword, String words) {
      this.keyword = keyword;
      this.words = words;
    }

    /** What becomes a prompt, for people. */
    public String words() {
      return words;
    }

    static Form of(String keyword) {
      for (Form form : values()) {
        if (form.keyword.equals(keyword)) {
          return form;
        }
      }
      throw new IllegalArgumentException(keyword);
    }
  }
}
