package org.soft4j.lm.local;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.core.Sha256;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Beginning;

/** The digest of a model's identity: what its answers are kept by, whether it is opened or not. */
public final class ModelDigest {
  private ModelDigest() {}

  /** Tokens that are told to stand before every text are as good as another tokenizer. */
  static String of(ModelSource source, OpenSettings settings) {
    Beginning beginning = settings.beginning();
    return beginning == Beginning.AUTO
        ? source.digest()
        : Sha256.of(source.digest() + " bos " + beginning.text());
  }

  /** Of a model that is opened so, with an adapter put on it. */
  public static String of(ModelSource source, OpenSettings settings, Optional<Path> adapterFolder) {
    String plain = of(source, settings);
    return adapterFolder.map(folder -> adapted(plain, PeftAdapter.digest(folder))).orElse(plain);
  }

  /** Of a model with what was learned on top of it. */
  static String adapted(String plain, String learned) {
    return Sha256.of(plain + learned);
  }
}
