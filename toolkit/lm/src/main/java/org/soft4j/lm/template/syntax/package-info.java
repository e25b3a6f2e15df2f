/**
 * Jinja's grammar: the source of a template cut into words, and read into a tree. What is no
 * template, or uses what is not supported, is refused with its line.
 */
package org.soft4j.lm.template.syntax;
