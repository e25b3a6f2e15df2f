/**
 * What a notebook page shows: views of values that know no kernel, and small classes that bind them
 * to JJava and to IJava. No SOFT, no model; nothing outside notebooks/support knows Jupyter.
 */
package org.soft4j.notebooks;
