/** What jars that eval does not know bring to the command line. */
package org.soft4j.plugin;
