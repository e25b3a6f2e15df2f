/** What Python does where Java does otherwise, for task files that were written for Python. */
package org.soft4j.eval.python;
