/**
 * The study of the micro world: every way to spend the same prompts and steps, over seeds and
 * worlds, resumable cell by cell. A cell is a run of org.soft4j.run; nothing of the method is
 * decided here.
 */
package org.soft4j.study;
