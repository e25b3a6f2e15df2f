/**
 * One model measured by benchmarks, and its answers written as other tools write theirs. How a
 * benchmark asks and scores is in org.soft4j.eval.
 */
package org.soft4j.evaluation;
