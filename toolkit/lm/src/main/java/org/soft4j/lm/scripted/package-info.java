/**
 * A language model made of lambdas, for tests of whatever stands on a language model: no weights,
 * no engine, yet trainable, resumable and adapted like the real one.
 */
package org.soft4j.lm.scripted;
