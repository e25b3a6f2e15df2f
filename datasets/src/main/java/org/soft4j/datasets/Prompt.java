package org.soft4j.datasets;

import java.util.Objects;

/**
 * An unlabelled prompt.
 *
 * @param id unique within its file
 * @param type kind of task, for sorting within a type and for tables; empty where unknown
 * @param text what the user asks
 */
public record Prompt(String id, String type, String text) {
  public Prompt {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    if (text.isBlank()) {
      throw new IllegalArgumentException("prompt " + id + " has no text");
    }
  }
}
