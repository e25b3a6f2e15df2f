/**
 * Named models: where they come from, under which licence, and where they lie on this machine.
 * Nothing is downloaded unless {@link org.soft4j.lm.hub.ModelFetcher} is called, and no model is
 * opened here.
 */
package org.soft4j.lm.hub;
