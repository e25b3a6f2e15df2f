package org.soft4j.eval;

/**
 * An item together with its row of the data set, for tasks that the reference harness has too.
 *
 * @param item what is asked and graded
 * @param document as the harness logs it
 */
public record DocumentedItem(TaskItem item, ItemDocument document) implements WrappedItem {}
