/**
 * What the machine allows and what a model asks of it: matrix products, memory bandwidth, counted
 * operations, peak memory.
 */
package org.soft4j.speed.machine;
