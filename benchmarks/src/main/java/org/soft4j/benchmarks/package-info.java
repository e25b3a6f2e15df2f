/**
 * The benchmarks, one package and card each, found by the ServiceLoader of {@link
 * org.soft4j.eval.TaskProvider}. A benchmark reads its files and makes items; how items are asked,
 * scored and summed up is in org.soft4j.eval. No benchmark knows another, nor SOFT.
 */
package org.soft4j.benchmarks;
