/**
 * Prompts, pools and benchmark items as values, and their readers. No model, no table, no download
 * without a call that says so.
 */
package org.soft4j.datasets;
