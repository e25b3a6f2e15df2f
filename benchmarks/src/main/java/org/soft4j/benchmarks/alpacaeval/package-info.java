/**
 * AlpacaEval (Li et al. 2023; Dubois et al. 2024, arXiv 2404.04475): 805 instructions, whose
 * answers a judge compares with a baseline's. The set is CC BY-NC 4.0.
 *
 * <p>Option: {@code alpaca_eval.file} names a JSON array of {instruction, output}; without it the
 * data folder's text-davinci-003 outputs are read.
 */
package org.soft4j.benchmarks.alpacaeval;
