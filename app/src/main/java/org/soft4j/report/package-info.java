/**
 * What happened in a run, for people: one HTML page, a Markdown page, a table for the terminal.
 * Read from the run folder's files alone; no model is opened.
 */
package org.soft4j.report;
