/**
 * What one layer of a decoder needs to be computed: what a model's family decides, and the order of
 * its weights. The computation stands in {@code layers.py}. The decoder and the trainer add
 * attention over their own layouts.
 */
package org.soft4j.lm.layer;
