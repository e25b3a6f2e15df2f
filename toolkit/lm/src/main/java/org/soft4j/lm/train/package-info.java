/**
 * Training on the processor or a GPU without Python: completion-only loss, LoRA or all weights. The
 * forward pass, the gradients and AdamW are TorchScript ({@code lora.py}, {@code trainer.py}); one
 * native call does a whole micro-batch.
 */
package org.soft4j.lm.train;
