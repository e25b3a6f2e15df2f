/**
 * How the reference harness's loader (datasets 5.2.0 over pyarrow 26 and pandas 3) reads rows:
 * columns are typed before they become text. What is not read exactly so is refused by name.
 */
package org.soft4j.eval.yaml.rows;
