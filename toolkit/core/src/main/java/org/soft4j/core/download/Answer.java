package org.soft4j.core.download;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.soft4j.core.UserError;

/**
 * The head of an answer.
 *
 * @param address that was asked
 * @param status of HTTP
 * @param headers of the answer
 */
record Answer(URI address, int status, HttpHeaders headers) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429);
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Whether it carries the file from its first byte. */
  boolean whole() {
    return status == 200 && plain();
  }

  /** Whether it carries the file from this byte on. */
  boolean continues(long offset) {
    return status == 206
        && plain()
        && header("Content-Range").filter(r -> r.startsWith("bytes " + offset + "-")).isPresent();
  }

  /** Bytes that it announces; -1 where it does not. */
  long length() {
    return headers.firstValueAsLong("Content-Length").orElse(-1);
  }

  /** A tag of exactly these bytes: a weak one promises equal meaning only. */
  Optional<String> strongTag() {
    return header("ETag").filter(tag -> tag.startsWith("\""));
  }

  /** Where it sends us on. */
  Optional<URI> redirect() {
    return REDIRECTS.contains(status)
        ? header("Location").map(place -> address.resolve(Addresses.parse(place)))
        : Optional.empty();
  }

  /** Whether what lies here cannot be continued, so that the next attempt must start anew. */
  boolean refusesRange() {
    return status == RANGE_NOT_SATISFIABLE || status == 206;
  }

  /** What a status other than success means: a fault that may pass, or the end. */
  Passing fault() throws UserError {
    String problem = Addresses.shown(address) + " answers with HTTP status " + status + ".";
    if (status >= 500 || MAY_PASS.contains(status)) {
      return new Passing(
          problem, header("Retry-After").flatMap(t -> Backoff.asked(t, Instant.now())), null);
    }
    throw new UserError(
        status == 200
            ? Addresses.shown(address) + " sends the file in an encoding of its own."
            : problem,
        status == 404 || status == 410
            ? "The file is not there any more; a mirror may have it (--mirror FROM=TO)."
            : "Check the network, or try a mirror (--mirror FROM=TO).");
  }

  private boolean plain() {
    return header("Content-Encoding").filter(coding -> !coding.equals("identity")).isEmpty();
  }

  private Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
