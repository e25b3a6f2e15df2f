/**
 * Run folders: whole files written atomically, a lock against a second process, chunks that resume,
 * provenance, seeds. Knows nothing of SOFT, and of language models only the wish to cancel.
 */
package org.soft4j.core;
