package org.soft4j.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Sha256;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.Sink;

/**
 * Puts requests to a model, each distinct one once, whichever tasks it comes from.
 *
 * <p>Requests are sorted by their text before they are cut into chunks, so that those that share a
 * primer, a question or a choice stand in one prefix tree. A chunk's answers are a function of the
 * chunk alone.
 */
final class RequestRunner {
  private static final Comparator<TaskRequest> ORDER =
      Comparator.comparing(TaskRequest::context)
          .thenComparing(TaskRequest::identity)
          .thenComparing(RequestRunner::cutting);

  private final LanguageModel model;
  private final AnswerStore store;
  private final EvaluationSettings settings;
  private final Cancellation cancel;
  private final String who;

  RequestRunner(
      LanguageModel model, AnswerStore store, EvaluationSettings settings, Cancellation cancel) {
    this.model = model;
    this.store = store;
    this.settings = settings;
    this.cancel = cancel;
    this.who = who(model.identity());
  }

  /** The model as far as its answers depend on it: weights, tokenizer, adapter, number format. */
  static String who(ModelIdentity identity) {
    return identity.digest() + " " + identity.dtype();
  }

  /** The answer to a request that was put before, in this process or an earlier one. */
  Optional<TaskAnswer> known(TaskRequest request) {
    return store.find(key(request));
  }

  /**
   * Asks what is not known yet; afterwards all is known.
   *
   * @param answered hears of every request as its answer comes, or when it was known already
   */
  void ask(Collection<TaskRequest> requests, Consumer<TaskRequest> answered) {
    ask(requests, TaskRequest.Likelihood.class, settings.scoresPerChunk(), answered);
    // A whole text is many scores.
    ask(requests, TaskRequest.Rolling.class, settings.textsPerChunk(), answered);
    ask(requests, TaskRequest.Writing.class, settings.textsPerChunk(), answered);
  }

  private void ask(
      Collection<TaskRequest> requests,
      Class<? extends TaskRequest> kind,
      int ofChunk,
      Consumer<TaskRequest> answered) {
    TreeSet<TaskRequest> sorted = new TreeSet<>(ORDER);
    requests.stream().filter(kind::isInstance).forEach(sorted::add);
    for (List<TaskRequest> chunk : chunks(sorted, size(ofChunk))) {
      commit(chunk, answered);
    }
  }

  /** Answers that stand alone are kept one by one, and need no chunks. */
  private int size(int ofChunk) {
    return model.answersStandAlone() ? Integer.MAX_VALUE : ofChunk;
  }

  private static List<List<TaskRequest>> chunks(Collection<TaskRequest> sorted, int size) {
    List<TaskRequest> all = List.copyOf(sorted);
    List<List<TaskRequest>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += Math.min(size, all.size())) {
      chunks.add(all.subList(from, from + Math.min(size, all.size() - from)));
    }
    return chunks;
  }

  private void commit(List<TaskRequest> chunk, Consumer<TaskRequest> answered) {
    List<TaskRequest> missing = chunk.stream().filter(r -> known(r).isEmpty()).toList();
    chunk.stream().filter(r -> known(r).isPresent()).forEach(answered);
    if (!missing.isEmpty()) {
      cancel.check();
      Map<String, TaskAnswer> answers = answers(missing, answered);
      if (!model.answersStandAlone()) {
        store.add(answers);
      }
    }
  }

  private Map<String, TaskAnswer> answers(
      List<TaskRequest> requests, Consumer<TaskRequest> answered) {
    TaskAnswer[] answers = new TaskAnswer[requests.size()];
    Sink<Score> scores =
        (i, score) -> {
          answers[i] = TaskAnswer.Likelihood.of(score);
          came(requests.get(i), answers[i], answered);
        };
    if (requests.get(0) instanceof TaskRequest.Likelihood) {
      model.score(
          requests.stream().map(r -> ((TaskRequest.Likelihood) r).request()).toList(),
          scores,
          cancel);
    } else if (requests.get(0) instanceof TaskRequest.Rolling) {
      model.scoreWhole(
          requests.stream().map(r -> ((TaskRequest.Rolling) r).text()).toList(), scores, cancel);
    } else {
      List<GenerationRequest> texts =
          requests.stream()
              .map(r -> asked(settings.overlong().applied(((TaskRequest.Writing) r).request())))
              .toList();
      model.generate(
          texts,
          (i, text) -> {
            answers[i] = written((TaskRequest.Writing) requests.get(i), text);
            came(requests.get(i), answers[i], answered);
          },
          cancel);
    }
    Map<String, TaskAnswer> byKey = new LinkedHashMap<>();
    for (int i = 0; i < answers.length; i++) {
      byKey.put(key(requests.get(i)), answers[i]);
    }
    return byKey;
  }

  /** A stop string would end the reasoning before the answer, so it is sought afterwards. */
  private GenerationRequest asked(GenerationRequest request) {
    return settings.dropReasoning()
        ? new GenerationRequest(
            request.context(),
            request.sampling(),
            request.maxNewTokens(),
            List.of(),
            request.seed(),
            request.overlong())
        : request;
  }

  private TaskAnswer written(TaskRequest.Writing request, Generation text) {
    return settings.dropReasoning()
        ? TaskAnswer.Writing.withoutReasoning(text, request.request().stopStrings())
        : TaskAnswer.Writing.of(text);
  }

  private void came(TaskRequest request, TaskAnswer answer, Consumer<TaskRequest> answered) {
    settings.overlong().check(request, answer);
    if (model.answersStandAlone()) {
      store.keep(key(request), answer);
    }
    answered.accept(request);
  }

  private String key(TaskRequest request) {
    return digest(who + "\n" + request.identity() + (cutting(request) ? "\ncut" : ""));
  }

  /** A short name for a long text: the first 16 bytes of its SHA-256, in hex. */
  static String digest(String text) {
    return Sha256.of(text).substring(0, 32);
  }

  private static boolean cutting(TaskRequest request) {
    return request instanceof TaskRequest.Writing writing
        && writing.request().overlong() == Overlong.CUT;
  }
}
