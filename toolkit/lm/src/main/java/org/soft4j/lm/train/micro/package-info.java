/**
 * Pre-trains the embedded micro models: joins the micro corpus with the trainer. The only place
 * where language models know a data set.
 */
package org.soft4j.lm.train.micro;
