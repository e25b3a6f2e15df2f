package org.soft4j.soft;

/**
 * A label that a filter refused: a line of dropped.jsonl.
 *
 * @param reason name of the filter
 * @param label as it was written
 */
public record DroppedLabel(String reason, Label label) {}
