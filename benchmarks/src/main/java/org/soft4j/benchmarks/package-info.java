/** The benchmarks, one package and card each; found by the ServiceLoader of their interface. */
package org.soft4j.benchmarks;
