/**
 * The one exception that a user is meant to see. Every module may throw it; nothing else lives
 * here.
 */
package org.soft4j.error;
