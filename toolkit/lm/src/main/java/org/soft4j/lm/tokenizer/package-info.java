/**
 * Text to tokens: tokenizers, control tokens, and what a message is. No model, no tensors, and no
 * template, which org.soft4j.lm.template renders.
 */
package org.soft4j.lm.tokenizer;
