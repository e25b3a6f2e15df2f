/**
 * Writing a model with adapters merged into its weights, as other tools load it: a folder in the
 * Hugging Face layout or a GGUF file. Plain Java; one tensor at a time is in memory.
 */
package org.soft4j.lm.merge;
