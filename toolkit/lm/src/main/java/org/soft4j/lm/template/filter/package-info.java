/**
 * Jinja's filters and tests, as Python works them out; those that are missing are refused by name.
 */
package org.soft4j.lm.template.filter;
