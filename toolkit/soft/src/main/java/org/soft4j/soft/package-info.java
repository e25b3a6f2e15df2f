/**
 * SOFT and SOFT+ (arXiv 2402.07610): the ICL pool, the prompt split, labelling, the curriculum, the
 * rounds and the early stop. Knows language models by their interface only.
 */
package org.soft4j.soft;
