/**
 * Every option that a person can set, as one tree of records: its keys, flags, help texts, ranges
 * and defaults, and which commands take it. What a setting does is in the packages that use it.
 */
package org.soft4j.settings;
