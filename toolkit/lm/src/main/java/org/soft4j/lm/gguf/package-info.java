/**
 * GGUF files: header, metadata, quantized blocks, and the tokenizer and architecture that follow
 * from the metadata. Plain Java over mapped files.
 */
package org.soft4j.lm.gguf;
