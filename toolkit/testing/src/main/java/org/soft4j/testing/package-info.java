/**
 * What the tests of every module share: why tests are skipped, told in the console, and inputs that
 * are damaged by chance. It stands below the core, whose tests use it too, and knows nothing of
 * soft4j. Tests alone depend on it.
 */
package org.soft4j.testing;
