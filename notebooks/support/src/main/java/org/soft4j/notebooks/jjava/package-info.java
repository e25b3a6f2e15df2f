/**
 * What reaches deeper into JJava than its extensions may: the end of a cell, the history, and the
 * answers that front ends ask for. Where a version of JJava is built otherwise, the rest goes on.
 */
package org.soft4j.notebooks.jjava;
