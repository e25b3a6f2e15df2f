/**
 * Trainers that are no part of soft4j: a command that reads examples and writes an adapter in
 * PEFT's layout, how it is run and stopped, and what its adapter must be like before it is used.
 */
package org.soft4j.lm.outside;
