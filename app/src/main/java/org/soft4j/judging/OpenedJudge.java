package org.soft4j.judging;

import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.eval.judge.Judge;
import org.soft4j.eval.judge.LocalJudge;
import org.soft4j.eval.judge.RemoteJudge;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.open.ModelChoice;
import org.soft4j.lm.open.ModelOpener;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.remote.ApiKey;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.remote.RemoteModel;
import org.soft4j.settings.JudgeSettings;

/**
 * A judge ready for use.
 *
 * @param judge asks the model
 * @param model owned by this value
 */
public record OpenedJudge(Judge judge, LanguageModel model) implements AutoCloseable {
  /**
   * Opens an endpoint where the name is an address, else a model in this process.
   *
   * @param progress hears that an endpoint is waited for
   */
  public static OpenedJudge open(JudgeSettings settings, ModelOpener opener, Progress progress) {
    ModelChoice choice = settings.choice();
    if (Endpoint.isAddress(choice.model())) {
      RemoteModel remote =
          RemoteModel.open(
              choice.model(),
              ApiKey.fromEnvironment(System.getenv()),
              settings.calls(),
              progress::say);
      return new OpenedJudge(new RemoteJudge(remote), remote);
    }
    OpenedModel opened = opener.open(choice);
    if (opened.chat().isEmpty()) {
      opened.close();
      throw new UserError(
          "%s has no chat template, and a judge is asked in a chat.".formatted(choice.model()),
          "Name an instruction-tuned model, or an endpoint (http://…/v1#model).");
    }
    return new OpenedJudge(new LocalJudge(opened.model(), opened.chat().get()), opened.model());
  }

  @Override
  public void close() {
    model.close();
  }
}
