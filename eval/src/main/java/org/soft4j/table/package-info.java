/**
 * What tables of results are made with: columns of Tablesaw with the names of the files, decimals,
 * and tables of plain text. Nothing is computed here, and no file is read.
 */
package org.soft4j.table;
