/**
 * A template as a tree: expressions, which have a value, and statements, which write. A tree is
 * made once and rendered many times. Which variable a name means is settled by {@code Symbols}, as
 * Jinja2's compiler does, when the tree is complete.
 */
package org.soft4j.lm.template.tree;
