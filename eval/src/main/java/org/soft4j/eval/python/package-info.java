/**
 * What Python does where Java does otherwise, for task files and metrics that were written for
 * Python: random draws, patterns, white space, texts of values. Nothing here runs Python, or knows
 * tasks.
 */
package org.soft4j.eval.python;
