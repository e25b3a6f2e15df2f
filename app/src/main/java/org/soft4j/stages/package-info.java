/** One stage alone, on files: label, train, and texts to continue or score as JSON Lines. */
package org.soft4j.stages;
