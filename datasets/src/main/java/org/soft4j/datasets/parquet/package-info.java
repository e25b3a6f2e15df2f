/**
 * Reads flat columns of Parquet files as texts, with bounds, since the files are untrusted. What
 * the columns mean is told by whoever asks.
 */
package org.soft4j.datasets.parquet;
