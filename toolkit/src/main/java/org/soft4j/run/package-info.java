/**
 * Run folders: whole files written atomically, a lock against a second process, chunks that resume,
 * provenance. Knows nothing of language models or SOFT.
 */
package org.soft4j.run;
