/**
 * What the machine offers: whether a GPU can be used and why not, how much memory is free, and how
 * much is computed together within it. Judgements are pure functions of facts that tests can make
 * up; only {@link org.soft4j.lm.device.GpuProbe} and {@link org.soft4j.lm.device.MachineMemory}
 * look at the machine. Nothing here loads libtorch.
 */
package org.soft4j.lm.device;
