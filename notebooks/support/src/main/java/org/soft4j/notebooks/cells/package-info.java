/**
 * What a cell did to the declarations of a page without saying so. Knows JShell, which both kernels
 * run cells in, and no kernel.
 */
package org.soft4j.notebooks.cells;
