/**
 * HHH alignment (Askell et al. 2021, arXiv 2112.00861; BIG-bench hhh_alignment): pairs of answers
 * of which one is more helpful, honest or harmless. Two protocols, whose numbers must not be mixed:
 * the likelihood of the answers' texts, and the choice of a letter.
 *
 * <p>Option: {@code hhh.folder} names the folder with {@code harmless/task.json} and its sisters;
 * without it the data folder's {@code hhh} is read.
 */
package org.soft4j.benchmarks.hhh;
