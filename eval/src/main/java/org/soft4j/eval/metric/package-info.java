/**
 * Measures of how alike two texts are, equal to the Python packages that papers use. Nothing here
 * knows of tasks or models.
 */
package org.soft4j.eval.metric;
