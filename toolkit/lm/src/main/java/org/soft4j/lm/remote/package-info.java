/**
 * Language models behind an OpenAI-compatible HTTP endpoint (vLLM, llama.cpp's server, DJL Serving,
 * hosted services): chat completions for generation, legacy completions with echoed
 * log-probabilities for scoring. Every call is bounded in time and size, and the key never leaves
 * the request header.
 */
package org.soft4j.lm.remote;
