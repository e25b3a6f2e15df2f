/**
 * Chunks, cells and gradients on the executors of Apache Spark; the machine that starts the work
 * alone reads and writes files.
 */
package org.soft4j.cluster;
