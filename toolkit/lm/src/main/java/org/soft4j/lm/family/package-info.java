/**
 * Model families: which fields of a configuration mean what, and which tensors each layer has. A
 * family that is not read exactly is refused here. Knows files as tensors and JSON, no engine.
 */
package org.soft4j.lm.family;
