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
import org.soft4j.core.ChunkSink;
import org.soft4j.core.Chunks;
import org.soft4j.core.Sha256;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.GenerationRequest.Overlong;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
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
    List<List<TaskRequest>> missing = new ArrayList<>();
    for (List<TaskRequest> chunk : Chunks.of(List.copyOf(sorted), size(ofChunk))) {
      chunk.stream().filter(r -> known(r).isPresent()).forEach(answered);
      List<TaskRequest> unknown = chunk.stream().filter(r -> known(r).isEmpty()).toList();
      if (!unknown.isEmpty()) {
        missing.add(unknown);
      }
    }
    if (model.answersStandAlone() || model.chunksAtOnce() == 1) {
      missing.forEach(chunk -> one(chunk, answered));
    } else {
      Chunks.inGroups(missing, model.chunksAtOnce(), (first, group) -> several(group, answered));
    }
  }

  /** Answers that stand alone are kept one by one, and need no chunks. */
  private int size(int ofChunk) {
    return model.answersStandAlone() ? Integer.MAX_VALUE : ofChunk;
  }

  /** Answers one chunk, and tells of each answer as it comes. */
  private void one(List<TaskRequest> requests, Consumer<TaskRequest> answered) {
    cancel.check();
    TaskAnswer[] answers = new TaskAnswer[requests.size()];
    Sink<TaskAnswer> came =
        (i, answer) -> {
          answers[i] = answer;
          settings.overlong().check(requests.get(i), answer);
          if (model.answersStandAlone()) {
            store.keep(key(requests.get(i)), answer);
          }
          answered.accept(requests.get(i));
        };
    Sink<Score> scores = (i, score) -> came.accept(i, TaskAnswer.Likelihood.of(score));
    TaskRequest first = requests.get(0);
    if (first instanceof TaskRequest.Likelihood) {
      model.score(scored(requests), scores, cancel);
    } else if (first instanceof TaskRequest.Rolling) {
      model.scoreWhole(whole(requests), scores, cancel);
    } else {
      model.generate(
          texts(requests), (i, text) -> came.accept(i, written(requests.get(i), text)), cancel);
    }
    if (!model.answersStandAlone()) {
      store.add(byKey(requests, List.of(answers)));
    }
  }

  /** Answers several chunks at once, and tells of each chunk as it is finished. */
  private void several(List<List<TaskRequest>> chunks, Consumer<TaskRequest> answered) {
    ChunkSink<TaskAnswer> kept =
        (chunk, answers) -> {
          List<TaskRequest> requests = chunks.get(chunk);
          for (int i = 0; i < requests.size(); i++) {
            settings.overlong().check(requests.get(i), answers.get(i));
          }
          store.add(byKey(requests, answers));
          requests.forEach(answered);
        };
    ChunkSink<Score> scores =
        kept.after(
            (chunk, found) -> found.stream().<TaskAnswer>map(TaskAnswer.Likelihood::of).toList());
    TaskRequest first = chunks.get(0).get(0);
    if (first instanceof TaskRequest.Likelihood) {
      model.scoreChunks(chunks.stream().map(RequestRunner::scored).toList(), scores, cancel);
    } else if (first instanceof TaskRequest.Rolling) {
      model.scoreWholeChunks(chunks.stream().map(RequestRunner::whole).toList(), scores, cancel);
    } else {
      model.generateChunks(
          chunks.stream().map(this::texts).toList(),
          kept.after((chunk, texts) -> written(chunks.get(chunk), texts)),
          cancel);
    }
  }

  private Map<String, TaskAnswer> byKey(List<TaskRequest> requests, List<TaskAnswer> answers) {
    Map<String, TaskAnswer> byKey = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      byKey.put(key(requests.get(i)), answers.get(i));
    }
    return byKey;
  }

  private static List<ScoreRequest> scored(List<TaskRequest> requests) {
    return requests.stream().map(r -> ((TaskRequest.Likelihood) r).request()).toList();
  }

  private static List<String> whole(List<TaskRequest> requests) {
    return requests.stream().map(r -> ((TaskRequest.Rolling) r).text()).toList();
  }

  private List<GenerationRequest> texts(List<TaskRequest> requests) {
    return requests.stream()
        .map(r -> asked(settings.overlong().applied(((TaskRequest.Writing) r).request())))
        .toList();
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

  private List<TaskAnswer> written(List<TaskRequest> requests, List<Generation> texts) {
    List<TaskAnswer> answers = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      answers.add(written(requests.get(i), texts.get(i)));
    }
    return answers;
  }

  private TaskAnswer written(TaskRequest request, Generation text) {
    return settings.dropReasoning()
        ? TaskAnswer.Writing.withoutReasoning(
            text, ((TaskRequest.Writing) request).request().stopStrings())
        : TaskAnswer.Writing.of(text);
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
