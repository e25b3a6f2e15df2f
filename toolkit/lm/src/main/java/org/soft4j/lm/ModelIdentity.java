package org.soft4j.lm;

/**
 * What makes results comparable: which weights, on which numbers, where.
 *
 * @param name folder or file name, for people
 * @param digest sha256 in hex over weights, configuration and tokenizer; for an adapted model over
 *     the adapter too
 * @param architecture family name such as {@code llama}
 * @param parameters number of base parameters
 * @param dtype {@code float32}, {@code bfloat16} or {@code int8}
 * @param device {@code cpu} or {@code gpu:N}
 * @param deviceReason why that device was chosen
 * @param threads processor threads used by matrix kernels
 */
public record ModelIdentity(
    String name,
    String digest,
    String architecture,
    long parameters,
    String dtype,
    String device,
    String deviceReason,
    int threads) {
  /** The same without the reason, for files that must not depend on how a device was asked for. */
  public ModelIdentity withoutReason() {
    return new ModelIdentity(name, digest, architecture, parameters, dtype, device, "", threads);
  }

  /** The same on other weights. */
  public ModelIdentity withDigest(String other) {
    return new ModelIdentity(
        name, other, architecture, parameters, dtype, device, deviceReason, threads);
  }
}
