/**
 * What everything stands on: user errors, JSON and CSV, run folders with whole files and a lock,
 * logs that survive a killed process, digests, seeds, progress and cancellation.
 *
 * <p>Nothing here knows of prompts, models or tasks; what only one module needs stays in that
 * module.
 */
package org.soft4j.core;
