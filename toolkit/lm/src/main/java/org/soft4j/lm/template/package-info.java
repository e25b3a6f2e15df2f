/**
 * Jinja templates as Python renders them: a model's chat template, and the templates of task files.
 *
 * <p>{@code ChatTemplate} renders by transformers' rules, {@code TextTemplate} by those of
 * lm-evaluation-harness. Both are an {@code Engine}: it reads a source once and renders it any
 * number of times, and tells faults as {@code UserError}s with their line. A source goes through
 * the packages below from top to bottom:
 *
 * <ol>
 *   <li>{@code syntax} cuts the source into words ({@code Lexer}) and reads them by Jinja's grammar
 *       ({@code StatementParser}, {@code ExpressionParser}, {@code OperandParser}).
 *   <li>{@code tree} is what was read: a {@code Statement} writes, an {@code Expression} has a
 *       value. {@code Symbols} settles which variable a name means, as Jinja2's compiler does; a
 *       {@code Frame} holds the variables of a block while it is run.
 *   <li>{@code filter} holds Jinja's filters and tests, each written once with its signature.
 *   <li>{@code value} holds Python's rules for values: operators, members, methods, formats, repr
 *       and JSON. Python's str is a String, its int a Long or a BigInteger, its float a Double, its
 *       list and dict a List and a Map; what Java lacks has a type ({@code Tuple}, {@code Range},
 *       {@code None}, {@code Undefined}, {@code SafeText}).
 * </ol>
 *
 * <p>What is not supported is refused by name; nothing renders otherwise than Jinja2 without a
 * word. To add a filter, write a line in the table of one of the classes of {@code filter}, and a
 * case in tools/golden/template_cases.py.
 *
 * <p>A template is data from anywhere. It reads no file, and its work is bounded ({@code Bounds}):
 * texts grow in a {@code TextBuilder}, lists by {@code Bounds.add}, and loops, searches and
 * comparisons pay in steps. No tokenizer and no model.
 */
package org.soft4j.lm.template;
