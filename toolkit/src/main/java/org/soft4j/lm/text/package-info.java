/** Text to tokens and messages to text: tokenizers and chat templates. No model, no tensors. */
package org.soft4j.lm.text;
