/**
 * Judging as a user starts it: which judge, at what cost at most, over which answers, into which
 * files. Protocols and verdicts are in org.soft4j.eval.judge.
 */
package org.soft4j.judging;
