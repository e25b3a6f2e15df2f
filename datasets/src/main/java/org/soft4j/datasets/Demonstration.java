package org.soft4j.datasets;

import java.util.Objects;

/**
 * One row of an ICL pool: a prompt with the response one wishes for.
 *
 * @param id unique within its pool
 * @param type kind of task; empty where unknown
 * @param prompt what the user asks
 * @param response the wished-for response
 */
public record Demonstration(String id, String type, String prompt, String response) {
  public Demonstration {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    if (prompt.isBlank() || response.isBlank()) {
      throw new IllegalArgumentException("demonstration " + id + " lacks a prompt or a response");
    }
  }
}
