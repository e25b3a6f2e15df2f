/**
 * Java in place of the Python functions of well-known task files. A function is taken for known
 * only where the module beside the task file has the very source it was written against; nothing of
 * that module is run. Source: lm-evaluation-harness 0.4.13.
 */
package org.soft4j.eval.yaml.functions;
