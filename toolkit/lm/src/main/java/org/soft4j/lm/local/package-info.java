/**
 * The local language model: a decoder in TorchScript, its weights, generation and scoring. Both
 * walk a prefix tree in depth-first order, so that every distinct prefix is computed once.
 */
package org.soft4j.lm.local;
