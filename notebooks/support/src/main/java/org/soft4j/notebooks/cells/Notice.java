package org.soft4j.notebooks.cells;

/**
 * Something that a cell did with status ok, or beside its error, and that its author may not want.
 *
 * @param what in plain words, with the names it is about
 * @param remedy what to type
 */
public record Notice(String what, String remedy) {}
