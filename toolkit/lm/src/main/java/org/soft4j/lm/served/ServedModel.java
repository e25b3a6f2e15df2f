package org.soft4j.lm.served;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkOrder;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.UserError;
import org.soft4j.lm.FiniteResults;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.local.RequestTokens;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.served.StandingTrainer.Adapter;
import org.soft4j.lm.source.ModelSource;

/**
 * A model that writes and scores at a server and learns in this process. Each adapter is handed to
 * the server when something is first asked of it, and the one before is unloaded then.
 *
 * <p>Calls wait for one another, so that the base and an adapter are never asked side by side:
 * servers were seen to answer one with the other then. What a server writes may depend on what it
 * computes at the same time; equal requests give equal texts only in equal company.
 */
public final class ServedModel implements TrainableModel {
  private static final int RESTARTS = 3;
  // A chunk of 16 labels or more lasts for four times as many calls at once.
  private static final int CALLS_PER_CHUNK = 4;

  private final StandingTrainer trainer;
  private final ModelSource source;
  private final ServerAdapters adapters;
  private final ServerFacts facts;
  private final Consumer<String> say;
  private Optional<Adapter> wanted;

  ServedModel(
      StandingTrainer trainer,
      ModelSource source,
      ServerAdapters adapters,
      ServerFacts facts,
      Consumer<String> say) {
    this.trainer = trainer;
    this.source = source;
    this.adapters = adapters;
    this.facts = facts;
    this.say = say;
    wanted = trainer.opened();
  }

  /** What was found out about the server. */
  public ServerFacts facts() {
    return facts;
  }

  /** The trainer's; the reason for its device says that answers come from elsewhere. */
  @Override
  public synchronized ModelIdentity identity() {
    ModelIdentity base = trainer.at(wanted).identity();
    LoraServer server = adapters.server();
    return new ModelIdentity(
        base.name(),
        base.digest(),
        base.architecture(),
        base.parameters(),
        base.dtype(),
        base.device(),
        "%s at %s writes and scores; %s learns"
            .formatted(server.routes().text(), server.address(), base.device()),
        base.threads());
  }

  @Override
  public void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    Sink<Generation> checked =
        FiniteResults.texts(name(), requests, "Look into the server's log.", sink);
    served(
        requests,
        (adapter, left, into) -> {
          if (facts.tokens()) {
            adapters
                .server()
                .generate(adapter, left.stream().map(this::context).toList(), into, cancel);
          } else {
            adapters.server().plain(adapter).generate(left, into, cancel);
          }
        },
        checked);
  }

  private LoraServer.Context context(GenerationRequest request) {
    RequestTokens tokens = new RequestTokens(source);
    RequestTokens.Context context = tokens.context(request);
    return new LoraServer.Context(
        request,
        context.tokens(),
        tokens.ends(request),
        facts.window(source) - context.tokens().length,
        context.cut());
  }

  @Override
  public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    Sink<Score> checked =
        FiniteResults.scores(name(), requests, "Look into the server's log.", sink);
    if (!facts.tokens()) {
      served(
          requests,
          (adapter, left, into) -> adapters.server().plain(adapter).score(left, into, cancel),
          checked);
      return;
    }
    scored(new RequestTokens(source).scored(requests), checked, cancel);
  }

  @Override
  public void scoreWhole(List<String> texts, Sink<Score> sink, Cancellation cancel) {
    if (!facts.tokens()) {
      TrainableModel.super.scoreWhole(texts, sink, cancel);
      return;
    }
    new RequestTokens(source)
        .windows(texts, sink, (windows, into) -> scored(windows, into, cancel));
  }

  private void scored(List<RequestTokens.Scored> texts, Sink<Score> sink, Cancellation cancel) {
    List<Integer> places = new ArrayList<>();
    List<LoraServer.Scored> asked = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      RequestTokens.Scored text = texts.get(i);
      if (text.targets() == 0) {
        sink.accept(i, Score.unscored(text.caveats().iterator().next()));
      } else {
        places.add(i);
        asked.add(new LoraServer.Scored(text.tokens(), text.targets(), text.caveats()));
      }
    }
    this.<LoraServer.Scored, Score>served(
        asked,
        (adapter, left, into) ->
            adapters.server().score(adapter, left, facts.scoresAtOnce(), into, cancel),
        (i, score) -> sink.accept(places.get(i), score));
  }

  /** Asks a server for what is left. */
  private interface Asking<T, R> {
    void ask(Optional<String> adapter, List<T> left, Sink<R> into);
  }

  /** Asks for all; where the server lost the adapter meanwhile, loads it and asks for the rest. */
  private synchronized <T, R> void served(List<T> all, Asking<T, R> asking, Sink<R> sink) {
    boolean[] there = new boolean[all.size()];
    for (int restarts = 0; ; restarts++) {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < there.length; i++) {
        if (!there[i]) {
          open.add(i);
        }
      }
      if (open.isEmpty()) {
        return;
      }
      try {
        asking.ask(
            standing(),
            open.stream().map(all::get).toList(),
            (i, result) -> {
              there[open.get(i)] = true;
              sink.accept(open.get(i), result);
            });
        return;
      } catch (UserError failure) {
        if (restarts == RESTARTS || !adapters.lost()) {
          throw failure;
        }
        say.accept("the server no longer has the adapter; it is loaded again");
        adapters.forget();
      }
    }
  }

  /** The adapter that is wanted, loaded and found to be what answers; empty for the base. */
  private Optional<String> standing() {
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    ServerAdapters.Use use = adapters.use(wanted.get());
    if (use.fresh()) {
      facts.requireSame(
          adapters, Optional.of(use.name()), trainer.at(wanted), new RequestTokens(source));
    }
    return Optional.of(use.name());
  }

  /** So many that a server's batch stays full until the last of them. */
  @Override
  public int chunksAtOnce() {
    return Math.max(2, facts.concurrency() / CALLS_PER_CHUNK);
  }

  @Override
  public void generateChunks(
      List<List<GenerationRequest>> chunks, ChunkSink<Generation> sink, Cancellation cancel) {
    together(chunks, this::generate, sink, cancel);
  }

  @Override
  public void scoreChunks(
      List<List<ScoreRequest>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    together(chunks, this::score, sink, cancel);
  }

  @Override
  public void scoreWholeChunks(
      List<List<String>> chunks, ChunkSink<Score> sink, Cancellation cancel) {
    together(chunks, this::scoreWhole, sink, cancel);
  }

  /** Asks for the items of all chunks as if they were one. */
  private static <Q, R> void together(
      List<List<Q>> chunks, ChunkWork<Q, R> work, ChunkSink<R> sink, Cancellation cancel) {
    List<Q> all = new ArrayList<>();
    List<Integer> chunkOf = new ArrayList<>();
    List<List<R>> results = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    int[] left = new int[chunks.size()];
    ChunkOrder<R> order = new ChunkOrder<>(sink);
    for (int chunk = 0; chunk < left.length; chunk++) {
      List<Q> items = chunks.get(chunk);
      starts.add(all.size());
      all.addAll(items);
      chunkOf.addAll(Collections.nCopies(items.size(), chunk));
      results.add(new ArrayList<>(Collections.nCopies(items.size(), null)));
      left[chunk] = items.size();
      if (items.isEmpty()) {
        order.finished(chunk, List.of());
      }
    }
    work.compute(
        all,
        (i, result) -> {
          int chunk = chunkOf.get(i);
          results.get(chunk).set(i - starts.get(chunk), result);
          order.advanced(1);
          if (--left[chunk] == 0) {
            order.finished(chunk, results.get(chunk));
          }
        },
        cancel);
  }

  private String name() {
    return "%s at %s".formatted(adapters.server().base(), adapters.server().address());
  }

  @Override
  public synchronized void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    trainer.at(wanted).train(examples, settings, output, steps, cancel);
  }

  @Override
  public synchronized Optional<Start> start() {
    return trainer.at(wanted).start();
  }

  @Override
  public void requireFits(Path adapter) {
    trainer.model().requireFits(adapter);
  }

  @Override
  public int cut(List<TrainingExample> examples, TrainingSettings settings) {
    return trainer.model().cut(examples, settings);
  }

  @Override
  public synchronized void useAdapter(Path adapter) {
    Adapter own = Adapter.of(adapter);
    adapters.want(own);
    wanted = Optional.of(own);
  }

  /** Refused: a server is given adapters, not whole models. */
  @Override
  public void useModel(Path folder) {
    throw wholeModel();
  }

  /** The refusal of rounds that train all weights. */
  public static UserError wholeModel() {
    return new UserError(
        "Rounds that train all weights make whole models, and a server is only given adapters.",
        "Train adapters with --set training.method=lora, or leave the endpoint out.");
  }

  @Override
  public synchronized void useBase() {
    wanted = trainer.opened();
  }

  @Override
  public boolean answersStandAlone() {
    return true;
  }

  /** Unloads what was loaded at the server; the model that learns is its owner's to close. */
  @Override
  public synchronized void close() {
    adapters.clear();
  }
}
