/**
 * What follows a run from outside while it is under way: a page that refreshes itself, MLflow,
 * TensorBoard. All of it is read from the run's folder, never ends a run, and can be sent again.
 */
package org.soft4j.track;
