/**
 * Paired comparisons of runs and evaluations over the same benchmark items, also with what
 * lm-evaluation-harness wrote. Reads folders and opens no model; the tests themselves are in
 * org.soft4j.eval.
 */
package org.soft4j.compare;
