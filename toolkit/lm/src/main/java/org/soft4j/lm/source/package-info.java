/**
 * A model as its files have it, whole: architecture, weights, tokenizer, chat template and what
 * ends its answers, whether they lie in a folder or in one GGUF file. Nothing is computed here;
 * what is missing, damaged or contradictory is a UserError.
 */
package org.soft4j.lm.source;
