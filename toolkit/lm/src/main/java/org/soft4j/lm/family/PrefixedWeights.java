package org.soft4j.lm.family;

import java.util.Set;
import java.util.stream.Collectors;
import org.soft4j.lm.files.StoredTensor;
import org.soft4j.lm.files.WeightSource;

/**
 * Tensors whose files leave out the first part of their names, as those of the original GPT-2 do
 * ({@code wte.weight} for {@code transformer.wte.weight}).
 */
public final class PrefixedWeights implements WeightSource {
  private static final String PREFIX = "transformer.";

  private final WeightSource files;

  private PrefixedWeights(WeightSource files) {
    this.files = files;
  }

  /** The files as they are, or with the missing part put before every name. */
  public static WeightSource complete(WeightSource files, Architecture architecture) {
    boolean bare =
        architecture.family() == Family.GPT2 && !files.names().contains(PREFIX + "wte.weight");
    return bare ? new PrefixedWeights(files) : files;
  }

  private static String bare(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  @Override
  public Set<String> names() {
    return files.names().stream()
        .map(name -> name.equals("lm_head.weight") ? name : PREFIX + name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long[] shape(String name) {
    return files.shape(bare(name));
  }

  @Override
  public String storedType(String name) {
    return files.storedType(bare(name));
  }

  @Override
  public void checkType(String name) {
    files.checkType(bare(name));
  }

  @Override
  public StoredTensor read(String name) {
    return files.read(bare(name));
  }
}
