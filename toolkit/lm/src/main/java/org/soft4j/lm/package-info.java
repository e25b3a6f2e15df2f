/**
 * Language models: generate, score, fine-tune. The interfaces here are free of tokens and tensors;
 * the local implementation lives in the packages below. Knows nothing of SOFT.
 */
package org.soft4j.lm;
