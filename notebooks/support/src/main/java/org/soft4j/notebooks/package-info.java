/**
 * What a notebook page shows: renderers that know no kernel, and one class that binds them to
 * JJava. No SOFT, no model; nothing outside this package knows Jupyter.
 */
package org.soft4j.notebooks;
