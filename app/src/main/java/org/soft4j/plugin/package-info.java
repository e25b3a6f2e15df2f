/**
 * What a jar outside this module brings to the command line: commands of its own, found by the
 * ServiceLoader, and what such a command shares with those that are here: locks, and how it ends. A
 * cluster's engine is such a jar too, behind {@code ClusterEngine}. Benchmarks of a jar come
 * through {@code org.soft4j.eval.TaskProvider} instead. No command lives here.
 */
package org.soft4j.plugin;
