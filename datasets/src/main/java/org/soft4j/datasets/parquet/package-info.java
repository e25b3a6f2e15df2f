/** Reads flat columns of Parquet files as texts, with bounds, since the files are others'. */
package org.soft4j.datasets.parquet;
