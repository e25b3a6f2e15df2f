package org.soft4j.lm.template;

/**
 * The value of a name, an attribute or an element that is not there.
 *
 * @param name as it stands in the template
 */
record Undefined(String name) {}
