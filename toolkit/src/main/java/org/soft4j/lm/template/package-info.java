/**
 * Jinja templates as Python renders them: a model's chat template, and the templates of task files.
 *
 * <p>jinjava holds the sections, variables, macros and bounds; what stands between the braces is
 * read by Jinja's own grammar ({@code TokenReader}, {@code ExpressionParser}, {@code
 * StatementParser}, {@code TemplateCompiler}) and worked out by Python's rules ({@code Operators},
 * {@code Members}, {@code Filters}, {@code Tests}), since jinjava has a language of its own that
 * reads some of it otherwise without a word. What is not supported is refused by name. No tokenizer
 * and no model.
 */
package org.soft4j.lm.template;
