/** The same views on IJava, JJava's predecessor, which knows no extensions. */
package org.soft4j.notebooks.ijava;
