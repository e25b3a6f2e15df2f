/**
 * One stage alone, on files: label, train, and texts to continue or score as JSON Lines. What a
 * stage does is in org.soft4j.soft and org.soft4j.lm; here are its files.
 */
package org.soft4j.stages;
