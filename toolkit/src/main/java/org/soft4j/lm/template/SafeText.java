package org.soft4j.lm.template;

/**
 * What the filter safe gives. It may be written; Python would escape what is put together with it,
 * so anything else is refused.
 */
record SafeText(String text) {}
