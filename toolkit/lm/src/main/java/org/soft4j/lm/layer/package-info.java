/**
 * What the decoder and the trainer share: a model's weights on a device, in a number format, in the
 * order in which layers read them. The computation stands in {@code layers.py}; decoder and trainer
 * add attention over their own layouts.
 */
package org.soft4j.lm.layer;
