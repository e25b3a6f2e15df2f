/**
 * SOFT step by step, for exploring: a {@link org.soft4j.lab.Lab} holds one open model with the ICL
 * pool, prompts and settings of a session; Tablesaw tables go in and come out. Knows no notebook.
 */
package org.soft4j.lab;
