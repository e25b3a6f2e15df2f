/**
 * What runs on an executor: models that stay open between tasks, chunks and gradients computed with
 * them, and what an executor says of itself. Requests and results are JSON Lines.
 */
package org.soft4j.cluster.executor;
