/**
 * The study of the micro world: every way to spend the same prompts and steps, over seeds and
 * worlds, resumable cell by cell.
 */
package org.soft4j.study;
