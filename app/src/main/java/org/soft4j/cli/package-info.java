/**
 * The command line. Commands parse flags, call the session, study and report packages, and print;
 * they hold no logic of their own.
 */
package org.soft4j.cli;
