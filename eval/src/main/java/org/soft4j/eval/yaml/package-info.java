/**
 * Tasks from YAML files with the field names of lm-evaluation-harness (0.4.13), over local JSON
 * Lines, JSON or CSV files. What those files call by Python code is refused by the field's name.
 */
package org.soft4j.eval.yaml;
