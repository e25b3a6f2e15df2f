/**
 * The values of a template, as Python has them: texts, numbers, truth values, None, lists, tuples,
 * dictionaries, ranges and what is undefined, with Python's operators, methods and ways of writing.
 * No syntax and no variables.
 */
package org.soft4j.lm.template.value;
