/**
 * A model whose texts and scores come from a server, while it learns in this process: adapters are
 * handed over as they are made, and the server is tried before anything depends on it.
 */
package org.soft4j.lm.served;
