/**
 * What a person at a terminal sees of work under way: bars that fit the terminal, and plain lines
 * where there is none. No command lives here.
 */
package org.soft4j.console;
