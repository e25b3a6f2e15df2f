/**
 * SOFT and SOFT+ (arXiv 2402.07610): the ICL pool, the prompt split, labelling, the curriculum, the
 * rounds and the early stop. Knows language models by their interface only, and measuring by {@link
 * org.soft4j.eval.Evaluator}; no particular benchmark, no command.
 */
package org.soft4j.soft;
