package org.soft4j.session;

import java.nio.file.Path;
import java.util.Optional;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.LocalModels;
import org.soft4j.lm.local.OpenSettings;

/** Opens models that run in this process; the first one loads libtorch. */
public final class LocalOpening {
  private LocalOpening() {}

  /** Opens a folder, a GGUF file, a fetched name or an embedded name. */
  public static OpenedModel open(ModelChoice choice) {
    OpenSettings settings =
        OpenSettings.AUTO.with(choice.device(), choice.dtype()).withThreads(choice.threads());
    LocalModel model = LocalModels.open(Path.of(choice.model()), settings);
    choice.adapter().ifPresent(model::useAdapter);
    return new OpenedModel(model, Optional.empty());
  }
}
