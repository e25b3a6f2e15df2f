/**
 * The bridge to libtorch: TorchScript from files, native tensors and their scopes. Everything that
 * touches an engine object lives here or in the packages of the decoder and the trainer.
 */
package org.soft4j.lm.torch;
