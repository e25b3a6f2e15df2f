package org.soft4j.judging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.Call;
import org.soft4j.eval.judge.Judge;
import org.soft4j.eval.judge.LocalJudge;
import org.soft4j.eval.judge.RemoteJudge;
import org.soft4j.eval.judge.Reply;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sink;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.remote.ApiKey;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteModel;
import org.soft4j.settings.JudgeSettings;

/**
 * A judge ready for use. Where all that its replies are kept by is known beforehand, its model is
 * opened, and its key asked for, at the first call that is not answered yet.
 */
public final class OpenedJudge implements Judge, AutoCloseable {
  private final JudgeSettings settings;
  private final ModelOpener opener;
  private final Progress progress;
  private final Optional<Known> known;
  private Optional<Asked> asked = Optional.empty();

  /** A judge and the model that answers for it. */
  private record Asked(Judge judge, LanguageModel model) {}

  /** What replies are kept by. */
  private record Known(String name, String identity, int chunk) {}

  private OpenedJudge(
      JudgeSettings settings, ModelOpener opener, Progress progress, Optional<Known> known) {
    this.settings = settings;
    this.opener = opener;
    this.progress = progress;
    this.known = known;
  }

  /**
   * An endpoint where the name is an address, else a model in this process.
   *
   * @param progress hears that an endpoint is waited for
   */
  public static OpenedJudge open(JudgeSettings settings, ModelOpener opener, Progress progress) {
    return new OpenedJudge(settings, opener, progress, known(settings.choice(), opener));
  }

  private static Optional<Known> known(ModelChoice choice, ModelOpener opener) {
    if (Endpoint.isAddress(choice.model())) {
      return RemoteModel.known(choice.model())
          .map(identity -> new Known(identity.name(), identity.digest(), 1));
    }
    Optional<ModelOpener.Unopened> found = opener.look(choice);
    found.filter(model -> !model.chats()).ifPresent(model -> refuseSilent(choice));
    return found.map(
        model ->
            new Known(
                model.name(),
                LocalJudge.identity(model.digest(), model.dtype()),
                LocalJudge.CHUNK));
  }

  private static void refuseSilent(ModelChoice choice) {
    throw new UserError(
        "%s has no chat template, and a judge is asked in a chat.".formatted(choice.model()),
        "Name an instruction-tuned model, or an endpoint (http://…/v1#model).");
  }

  /** The judge itself, opened where it is not. */
  private synchronized Judge judge() {
    if (asked.isEmpty()) {
      asked = Optional.of(open());
    }
    return asked.get().judge;
  }

  private Asked open() {
    ModelChoice choice = settings.choice();
    if (Endpoint.isAddress(choice.model())) {
      RemoteModel remote =
          RemoteModel.open(
              choice.model(),
              ApiKey.fromEnvironment(System.getenv()),
              settings.calls(),
              progress::say);
      return new Asked(new RemoteJudge(remote), remote);
    }
    OpenedModel opened = opener.open(choice);
    if (opened.chat().isEmpty()) {
      opened.close();
      refuseSilent(choice);
    }
    return new Asked(new LocalJudge(opened.model(), opened.chat().get()), opened.model());
  }

  @Override
  public String name() {
    return known.map(Known::name).orElseGet(() -> judge().name());
  }

  @Override
  public String identity() {
    return known.map(Known::identity).orElseGet(() -> judge().identity());
  }

  @Override
  public int chunk() {
    return known.map(Known::chunk).orElseGet(() -> judge().chunk());
  }

  @Override
  public boolean charges() {
    return settings.remote();
  }

  @Override
  public Map<String, Object> sent(double temperature) {
    return judge().sent(temperature);
  }

  @Override
  public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
    judge().answer(calls, sink, cancel);
  }

  @Override
  public int chunksAtOnce() {
    return judge().chunksAtOnce();
  }

  @Override
  public void answerChunks(List<List<Call>> chunks, ChunkSink<Reply> sink, Cancellation cancel) {
    judge().answerChunks(chunks, sink, cancel);
  }

  @Override
  public synchronized void close() {
    asked.ifPresent(opened -> opened.model.close());
  }
}
