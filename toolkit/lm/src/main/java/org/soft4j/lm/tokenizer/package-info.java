/**
 * Text to tokens: tokenizers, control tokens, and what a message is. No model, no tensors, and no
 * chat template, whose engine stands above.
 */
package org.soft4j.lm.tokenizer;
