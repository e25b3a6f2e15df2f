/**
 * Named sets: where they come from, under which licence, and how they come to stand in the layout
 * that the benchmarks read. Nothing is downloaded unless {@link
 * org.soft4j.datasets.catalogue.SetFetcher} is called.
 */
package org.soft4j.datasets.catalogue;
