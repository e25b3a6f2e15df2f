/**
 * Files of weights as data: safetensors, shards, the fields of protocol buffers. Plain Java over
 * mapped files, no engine; every damaged file is a UserError. What the tensors mean is told by the
 * packages of families.
 */
package org.soft4j.lm.files;
