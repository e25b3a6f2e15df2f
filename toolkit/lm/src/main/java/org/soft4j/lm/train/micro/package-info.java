/** Pre-trains the embedded micro models: joins the micro corpus with the trainer. */
package org.soft4j.lm.train.micro;
