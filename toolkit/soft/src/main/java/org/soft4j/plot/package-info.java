/**
 * Figures as XChart values, for notebooks and reports alike. Nothing here opens a window or writes
 * a file.
 */
package org.soft4j.plot;
