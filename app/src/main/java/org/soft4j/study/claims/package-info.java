/**
 * What a finished study says: claims as contrasts of its conditions, each tested over seeds and
 * items, and the page that tells them. Reads folders; no model is opened.
 */
package org.soft4j.study.claims;
