/**
 * Whether a model follows instructions that a rule can judge: prompts composed from a recipe, and
 * one small class for each rule.
 */
package org.soft4j.benchmarks.instructions;
