package org.soft4j.eval;

/**
 * An item that says what it is about.
 *
 * @param item what is asked and how it is graded
 * @param category for tables by category
 */
record CategorisedItem(TaskItem item, String category) implements WrappedItem {}
