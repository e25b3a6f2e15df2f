/**
 * Studies of runs: conditions as values of settings, each with several seeds, every cell a run
 * folder that org.soft4j.run writes. What is the same in two cells is computed once. Nothing of the
 * method is decided here, and nothing is concluded.
 */
package org.soft4j.study.grid;
