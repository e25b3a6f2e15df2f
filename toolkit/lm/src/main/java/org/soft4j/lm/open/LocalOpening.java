package org.soft4j.lm.open;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.soft4j.core.HomeFolder;
import org.soft4j.core.UserError;
import org.soft4j.datasets.EmbeddedModels;
import org.soft4j.lm.hub.ModelCatalogue;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.ModelDigest;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelInspection;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.source.TemplateTokens;
import org.soft4j.lm.tokenizer.Beginning;
import org.soft4j.lm.tokenizer.ChatFormat;

/** Opens models that run in this process; the first one loads libtorch. */
public final class LocalOpening {
  private LocalOpening() {}

  /** Opens models, and knows without opening whether one is there. */
  public static final ModelOpener OPENER =
      new ModelOpener() {
        @Override
        public OpenedModel open(ModelChoice choice) {
          return LocalOpening.open(choice);
        }

        @Override
        public void require(ModelChoice choice) {
          refuseAddress(choice);
          LocalOpening.resolve(choice.model());
        }

        @Override
        public Optional<Unopened> look(ModelChoice choice) {
          require(choice);
          try (ModelSource source = ModelFiles.open(resolve(choice.model()))) {
            return Optional.of(
                new Unopened(
                    source.name(),
                    ModelDigest.of(source, settings(choice), choice.adapter()),
                    LocalModel.dtype(settings(choice)),
                    source.chatTemplate().isPresent()));
          }
        }
      };

  /** Opens a folder, a GGUF file, a fetched name or an embedded name. */
  public static OpenedModel open(ModelChoice choice) {
    OpenSettings settings = settings(choice);
    refuseAddress(choice);
    ModelSource source = ModelFiles.open(resolve(choice.model()));
    Optional<ChatFormat> chat = source.chatTemplate().map(t -> chat(t, source));
    LocalModel model = LocalModel.open(source, settings);
    try {
      choice.adapter().ifPresent(model::begin);
    } catch (RuntimeException failure) {
      model.close();
      throw failure;
    }
    return new OpenedModel(model, chat);
  }

  private static OpenSettings settings(ModelChoice choice) {
    return OpenSettings.AUTO
        .with(choice.device(), choice.dtype())
        .with(Beginning.parse(choice.bos()))
        .withThreads(choice.threads());
  }

  private static void refuseAddress(ModelChoice choice) {
    if (Endpoint.isAddress(choice.model())) {
      throw new UserError(
          "%s is an endpoint; this command needs a model that runs here.".formatted(choice.model()),
          "Name a model folder, a GGUF file, or a fetched or embedded name; eval, judge, label,"
              + " generate and score take endpoints, and run takes one with --label-endpoint.");
    }
  }

  /** The chat template of a model's files, where they have one; loads no weights. */
  public static Optional<String> chatTemplate(ModelChoice choice) {
    try (ModelSource source = ModelFiles.open(resolve(choice.model()))) {
      return source.chatTemplate();
    }
  }

  /** The chat format of a model's files, where they have one; loads no weights. */
  public static Optional<ChatFormat> chat(ModelChoice choice) {
    return promptFacts(choice, PromptFacts::chat);
  }

  /**
   * What is made of a model's files without its weights.
   *
   * @param use of facts that are of no use afterwards
   */
  public static <T> T promptFacts(ModelChoice choice, Function<PromptFacts, T> use) {
    try (ModelSource source = ModelFiles.open(resolve(choice.model()))) {
      return use.apply(
          new PromptFacts(
              source.name(),
              source.chatTemplate().map(template -> chat(template, source)),
              Optional.of(source)));
    }
  }

  /**
   * What other tools would write otherwise, since the files of a model that runs here ask for it;
   * empty where there is no such thing.
   */
  public static Optional<String> caution(OpenedModel opened, ModelChoice choice) {
    if (!(opened.model() instanceof LocalModel)) {
      return Optional.empty();
    }
    Set<String> unfollowed = ModelInspection.unfollowed(resolve(choice.model()));
    return unfollowed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s is not followed, and transformers and lm-evaluation-harness follow it: texts may"
                    .formatted(String.join(", ", unfollowed))
                + " differ from theirs");
  }

  /**
   * The same opener, which tells once of each model, before it writes its first text, what its
   * files ask for and is not followed.
   */
  public static ModelOpener telling(ModelOpener opener, Consumer<String> say) {
    return new Telling(opener, say, ConcurrentHashMap.newKeySet());
  }

  private record Telling(ModelOpener opener, Consumer<String> say, Set<String> told)
      implements ModelOpener {
    @Override
    public OpenedModel open(ModelChoice choice) {
      OpenedModel opened = opener.open(choice);
      if (opened.model() instanceof LocalModel local) {
        caution(opened, choice)
            .map(words -> "warning: %s: %s".formatted(choice.model(), words))
            .ifPresent(line -> local.beforeTexts(() -> tell(line)));
      }
      return opened;
    }

    private void tell(String line) {
      if (told.add(line)) {
        say.accept(line);
      }
    }

    @Override
    public void require(ModelChoice choice) {
      opener.require(choice);
    }

    @Override
    public Optional<Unopened> look(ModelChoice choice) {
      return opener.look(choice);
    }
  }

  /** The folder or file of a model named on the command line. */
  public static Path resolve(String model) {
    if (EmbeddedModels.NAMES.contains(model) && !Files.exists(Path.of(model))) {
      return EmbeddedModels.unpack(model, HomeFolder.path().resolve("embedded"));
    }
    if (EmbeddedModels.MADE.contains(model) && !Files.exists(Path.of(model))) {
      return made(model)
          .orElseThrow(
              () ->
                  new UserError(
                      "The model %s is not made on this machine yet.".formatted(model),
                      "Make it, in about an hour of one thread: ./soft4j micro pretrain --size small"
                          + " --out "
                          + place(model)));
    }
    List<String> others = new ArrayList<>(EmbeddedModels.NAMES);
    others.addAll(EmbeddedModels.MADE);
    return ModelCatalogue.standard().resolve(model, others);
  }

  /** The folder of one of the models that everyone makes for themselves, where it is there. */
  public static Optional<Path> made(String model) {
    return Optional.of(place(model))
        .filter(folder -> Files.exists(folder.resolve("model.safetensors")));
  }

  private static Path place(String model) {
    return HomeFolder.path().resolve("made").resolve(model);
  }

  private static ChatFormat chat(String template, ModelSource source) {
    return new TemplateFormat(
        source.name(), template, TemplateTokens.of(source, template), source.tokenizer()::marked);
  }
}
