/**
 * A whole run: preset and settings, data, the rounds of SOFT, measuring after each, the report.
 * Commands and notebooks start runs here; what a round does is in org.soft4j.soft.
 */
package org.soft4j.run;
