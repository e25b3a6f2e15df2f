/** {@code ./soft4j notebook}: installs Jupyter with the Java kernel, opens it, runs notebooks. */
package org.soft4j.notebooks.command;
