/**
 * The files of lm-evaluation-harness: results and samples, written with its names, keys and hashes
 * (0.4.13, loggers/evaluation_tracker.py) and read back, older layouts too.
 */
package org.soft4j.eval.files;
