/**
 * Whole jobs in a call each, for notebooks and the command line alike: a run from a preset, texts
 * to continue or score from a file, one stage alone.
 */
package org.soft4j.session;
