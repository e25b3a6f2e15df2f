/**
 * Opening a model by what a user calls it: a folder, a GGUF file, a fetched or embedded name, or
 * the address of an endpoint. All commands, runs and notebooks open models here and nowhere else.
 */
package org.soft4j.lm.open;
