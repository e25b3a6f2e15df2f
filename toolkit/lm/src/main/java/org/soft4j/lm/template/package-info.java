/**
 * Jinja templates as Python renders them: a model's chat template, and the templates of task files.
 *
 * <p>One engine with two sets of rules. {@code syntax} reads a source into a tree, {@code node} is
 * the tree and runs it, {@code filter} and {@code value} hold Python's rules for what stands in it.
 * What is not supported is refused by name; nothing renders otherwise than Jinja2 without a word. A
 * template is data from anywhere: its work is bounded, and it reads no file. No tokenizer and no
 * model.
 */
package org.soft4j.lm.template;
