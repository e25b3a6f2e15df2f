/**
 * Runs, pools, prompts and labels as Tablesaw tables: what notebooks work with. Columns are named
 * as in the files.
 */
package org.soft4j.table;
