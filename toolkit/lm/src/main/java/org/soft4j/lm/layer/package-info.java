/**
 * What one layer of a decoder computes, once: the TorchScript that a model's family decides, and
 * the order of the weights it reads. The decoder and the trainer add attention over their own
 * layouts.
 */
package org.soft4j.lm.layer;
