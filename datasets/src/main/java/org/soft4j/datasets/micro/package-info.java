/**
 * The micro world: a made-up world of facts, chores and misdeeds with a vocabulary of 271 words, in
 * which the truth of every sentence is known. It gives the corpus that the embedded micro model is
 * pre-trained on, the ICL pool, the prompts and the held-out items, all from seeds.
 *
 * <p>Documents are written by personas: most of them repeat popular misconceptions, are curt, and
 * help with harm; few are honest, helpful and harmless. A model trained on them can be led to the
 * good persona by demonstrations, which is what SOFT builds on.
 */
package org.soft4j.datasets.micro;
