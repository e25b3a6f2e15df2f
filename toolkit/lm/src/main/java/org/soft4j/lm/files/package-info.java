/**
 * Model files as data: safetensors, GGUF, config.json. Plain Java over mapped files, no engine;
 * every damaged file is a UserError.
 */
package org.soft4j.lm.files;
