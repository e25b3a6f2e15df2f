/**
 * Named models: where they come from, under which licence, and where they lie on this machine.
 * Nothing here is downloaded unless {@link org.soft4j.lm.hub.ModelFetcher} is called.
 */
package org.soft4j.lm.hub;
