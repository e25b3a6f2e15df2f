/** Paired comparisons of runs over the same benchmark items. */
package org.soft4j.compare;
