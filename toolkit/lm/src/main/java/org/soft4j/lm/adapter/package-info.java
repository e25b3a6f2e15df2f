/**
 * Low-rank adapters as data, in the folder layout of the PEFT library. Plain Java, no engine; every
 * damaged or foreign adapter is a UserError.
 */
package org.soft4j.lm.adapter;
