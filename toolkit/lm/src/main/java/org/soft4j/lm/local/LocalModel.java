package org.soft4j.lm.local;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Computation;
import org.soft4j.lm.FiniteResults;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel.PositionCount;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingExample;
import org.soft4j.lm.TrainingOutput;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.TrainingStep;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.device.KernelChoice;
import org.soft4j.lm.device.MemoryBudget;
import org.soft4j.lm.family.Architecture;
import org.soft4j.lm.layer.DecoderWeights;
import org.soft4j.lm.layer.DeviceChoice;
import org.soft4j.lm.layer.Dtype;
import org.soft4j.lm.source.ModelFiles;
import org.soft4j.lm.source.ModelSource;
import org.soft4j.lm.tokenizer.Tokenizer;
import org.soft4j.lm.torch.Libtorch;
import org.soft4j.lm.train.ExampleEncoder;
import org.soft4j.lm.train.MicroBatchGradients;
import org.soft4j.lm.train.MicroBatchWorker;

/**
 * A model that runs in this process. Calls from several threads wait for one another, since they
 * share the caches.
 */
public final class LocalModel implements TrainableModel {
  private final ModelSource source;
  private final DeviceChoice device;
  private final PtNDManager manager;
  private final DecoderWeights weights;
  private final Decoder decoder;
  private final Budget budget;
  private final MemoryBudget memory;
  private final ModelIdentity base;
  private Optional<Path> adapter = Optional.empty();
  private Optional<Path> opened = Optional.empty();
  private long halvings;
  private ModelIdentity identity;
  private long asked;
  private Runnable beforeTexts = () -> {};

  LocalModel(ModelSource source, OpenSettings settings) {
    this.source = source;
    Libtorch.load(); // the lines below call it
    device = DeviceChoice.of(settings.device());
    Dtype dtype = Dtype.parse(settings.dtype(), device.isGpu());
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = settings.threads() > 0 ? settings.threads() : processors;
    JniUtils.setNumThreads(threads);
    // Arguments are made on the processor, whatever the engine's default; scripts move them.
    manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    try {
      MemoryBudget.requireRoom(
          source.name(),
          DecoderWeights.parameters(source.architecture()),
          dtype.bytes(),
          device.name(),
          device.freeBytes());
      weights =
          DecoderWeights.load(source.weights(), source.architecture(), dtype, device, manager);
      decoder = new Decoder(manager, weights, device.isGpu());
      memory = MemoryBudget.of(device.freeBytes(), device.isGpu(), source.architecture());
      budget = Budget.of(settings, memory, device.isGpu());
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
    base =
        new ModelIdentity(
            source.name(),
            ModelDigest.of(source, settings),
            source.architecture().family().modelType(),
            weights.parameters(),
            dtype.text(),
            device.name(),
            device.reason(),
            threads);
    identity = base;
  }

  /**
   * Opens a model folder or file.
   *
   * @return owned by the caller
   */
  public static LocalModel open(Path path, OpenSettings settings) {
    return open(ModelFiles.open(path), settings);
  }

  /**
   * Opens a model from its files.
   *
   * @param source owned by the model from now on, and closed should the opening fail
   */
  public static LocalModel open(ModelSource source, OpenSettings settings) {
    try {
      Tokenizer tokenizer =
          settings.beginning().of(source.tokenizer(), source.special(), source.name());
      return new LocalModel(source.with(tokenizer), settings);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** The number format of its weights once it is opened so; finds the device, and opens nothing. */
  public static String dtype(OpenSettings settings) {
    Libtorch.load();
    return Dtype.parse(settings.dtype(), DeviceChoice.of(settings.device()).isGpu()).text();
  }

  @Override
  public synchronized ModelIdentity identity() {
    return identity;
  }

  @Override
  public Optional<Computation> computation() {
    return Optional.of(
        new Computation(
            base.device(),
            base.dtype(),
            base.threads(),
            KernelChoice.read(base.device(), Libtorch.version()),
            budget.batches()));
  }

  @Override
  public synchronized void useAdapter(Path folder) {
    PeftAdapter read = PeftAdapter.read(folder);
    String digest = PeftAdapter.digest(folder);
    decoder.forget();
    weights.merge(read);
    adapter = Optional.of(folder);
    identity = adapted(digest);
  }

  @Override
  public synchronized void useModel(Path folder) {
    try (ModelSource trained = ModelFiles.open(folder)) {
      LocalTraining.refuseOther(source, folder, trained.architecture());
      decoder.forget();
      weights.replace(trained.weights());
      adapter = Optional.empty();
      identity = adapted(trained.digest());
    }
  }

  @Override
  public synchronized Optional<Start> start() {
    training().refuseOtherWeights();
    return Optional.of(new Start(source.path(), adapter));
  }

  @Override
  public void requireFits(Path folder) {
    PeftAdapter.read(folder).check(source.architecture());
  }

  /** Puts an adapter on the model that {@link #useBase} returns to from now on. */
  public synchronized void begin(Path folder) {
    useAdapter(folder);
    opened = Optional.of(folder);
  }

  @Override
  public synchronized void useBase() {
    if (opened.isPresent()) {
      useAdapter(opened.get());
      return;
    }
    decoder.forget();
    weights.merge(new PeftAdapter(Map.of()));
    adapter = Optional.empty();
    identity = base;
  }

  private ModelIdentity adapted(String adapterDigest) {
    return base.withDigest(ModelDigest.adapted(base.digest(), adapterDigest));
  }

  @Override
  public synchronized void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    train(examples, settings, output, MicroBatchGradients.HERE, steps, cancel);
  }

  /**
   * Trains an adapter as {@link #train(List, TrainingSettings, TrainingOutput, Sink, Cancellation)}
   * does, with gradients that may come from other processes: the bytes are the same.
   *
   * @param where sees to the gradients of every step, for instance by {@link #worker} of models
   *     that stand as this one does
   */
  public synchronized void train(
      List<TrainingExample> examples,
      TrainingSettings settings,
      TrainingOutput output,
      MicroBatchGradients where,
      Sink<TrainingStep> steps,
      Cancellation cancel) {
    decoder.forget();
    training().train(examples, settings, output, where, steps, cancel);
  }

  /**
   * Computes gradients for a training that goes on elsewhere, from this model as it stands.
   *
   * @return owned by the caller, who closes it before this model is closed or gets another adapter
   */
  public synchronized MicroBatchWorker worker(TrainingSettings settings) {
    decoder.forget();
    weights.keep();
    return training().worker(settings);
  }

  private LocalTraining training() {
    return new LocalTraining(source, device, weights, adapter, identity);
  }

  @Override
  public int cut(List<TrainingExample> examples, TrainingSettings settings) {
    return new ExampleEncoder(source.tokenizer(), source.architecture(), settings).cut(examples);
  }

  /** The model's files: its shape, its tokenizer, its chat template. */
  public ModelSource source() {
    return source;
  }

  /** Which model this is without what was learned on top of it. */
  public ModelIdentity base() {
    return base;
  }

  /** What may be taken beside the weights, as the free memory was when the model was opened. */
  public MemoryBudget memory() {
    return memory;
  }

  /** Positions computed since the model was opened, decoding steps not counted. */
  public synchronized long computedPositions() {
    return decoder.computedPositions();
  }

  /** How often memory did not suffice and a batch was halved since the model was opened. */
  public synchronized long halvings() {
    return halvings;
  }

  @Override
  public synchronized Optional<PositionCount> positions() {
    return Optional.of(new PositionCount(decoder.computedPositions(), asked));
  }

  /** Runs something once, before the first text is written; scores and training are none. */
  public synchronized void beforeTexts(Runnable once) {
    beforeTexts = once;
  }

  /** Texts are about to be written, here or by another process for this model. */
  public synchronized void beginTexts() {
    beforeTexts.run();
    beforeTexts = () -> {};
  }

  @Override
  public synchronized Generation stream(
      GenerationRequest request, Consumer<String> sink, Cancellation cancel) {
    TextStream text = new TextStream(request.stopStrings(), sink);
    List<Generation> result = new ArrayList<>();
    generate(
        List.of(request),
        (index, generation) -> result.add(generation),
        cancel,
        generator -> generator.telling(text));
    text.whole(result.get(0).text());
    return result.get(0);
  }

  @Override
  public synchronized void generate(
      List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
    generate(requests, sink, cancel, generator -> generator);
  }

  private void generate(
      List<GenerationRequest> requests,
      Sink<Generation> sink,
      Cancellation cancel,
      UnaryOperator<Generator> how) {
    if (!requests.isEmpty()) {
      beginTexts();
    }
    Architecture shape = source.architecture();
    Sink<Generation> checked = FiniteResults.texts(identity, requests, sink);
    boolean[] delivered = new boolean[requests.size()];
    List<int[]> contexts =
        requests.stream().map(r -> RequestTokens.whole(source, r.context())).toList();
    for (int i = 0; i < requests.size(); i++) {
      asked += Writing.fitted(contexts.get(i), requests.get(i), shape.maxPositions()).length - 1;
    }
    compute(
        smaller -> {
          List<Writing> writings = new ArrayList<>();
          for (int i = 0; i < requests.size(); i++) {
            if (!delivered[i]) {
              writings.add(new Writing(i, requests.get(i), contexts.get(i), shape.maxPositions()));
            }
          }
          how.apply(new Generator(decoder, smaller, source, once(delivered, checked), cancel))
              .run(writings, Budget.bytesPerPosition(shape, weights.dtype()));
        });
  }

  @Override
  public synchronized void score(
      List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
    Sink<Score> checked = FiniteResults.scores(identity, requests, sink);
    ScoreEncoder encoder = new ScoreEncoder(source);
    List<ScorePlan> plans = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      ScorePlan plan = encoder.plan(i, requests.get(i));
      if (plan.scored()) {
        plans.add(plan);
      } else {
        sink.accept(i, Score.unscored(plan.caveats().iterator().next()));
      }
    }
    score(plans, checked, requests.size(), cancel);
  }

  @Override
  public synchronized void scoreWhole(List<String> texts, Sink<Score> sink, Cancellation cancel) {
    RollingWindows windows = new RollingWindows(source, texts);
    Sink<Score> checked =
        FiniteResults.scores(identity, windows.requests(), windows.collecting(sink));
    score(windows.plans(), checked, windows.plans().size(), cancel);
  }

  /** Scores what is planned, each plan once; plans are numbered below a bound. */
  private void score(List<ScorePlan> plans, Sink<Score> sink, int bound, Cancellation cancel) {
    int vocabulary = source.architecture().vocabularySize();
    boolean[] delivered = new boolean[bound];
    asked += plans.stream().mapToLong(plan -> plan.inputs().length).sum();
    compute(
        smaller ->
            new LogProbabilityScorer(decoder, smaller, vocabulary, once(delivered, sink), cancel)
                .run(plans.stream().filter(plan -> !delivered[plan.index()]).toList()));
  }

  private void compute(Consumer<Budget> work) {
    halvings += decoder.run(budget, base.threads(), work);
  }

  private static <T> Sink<T> once(boolean[] delivered, Sink<T> sink) {
    return (index, result) -> {
      delivered[index] = true;
      sink.accept(index, result);
    };
  }

  @Override
  public synchronized void close() {
    decoder.close();
    weights.close();
    manager.close();
    source.close();
  }
}
