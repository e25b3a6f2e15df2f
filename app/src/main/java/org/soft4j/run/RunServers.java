package org.soft4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.soft4j.core.Json;
import org.soft4j.core.RunFolder;
import org.soft4j.core.UserError;
import org.soft4j.core.WholeFile;
import org.soft4j.eval.Evaluator;
import org.soft4j.lm.TrainableModel;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.adapter.PeftAdapter;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.remote.ApiKey;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.lm.served.AdapterPlace;
import org.soft4j.lm.served.ServedModel;
import org.soft4j.lm.served.ServedOpening;
import org.soft4j.lm.served.StandingTrainer;
import org.soft4j.settings.ServerSettings;
import org.soft4j.soft.CurriculumSettings;
import org.soft4j.soft.RoundSettings;
import org.soft4j.soft.RunRecord;
import org.soft4j.soft.SoftSettings;
import org.soft4j.soft.TrainingOptions;

/** The servers that label and measure a run, tried before its first round. */
final class RunServers implements AutoCloseable {
  /** Where adapters are handed over, unless another folder is named. */
  static final String PLACE = "served-adapters";

  private static final String CAVEAT =
      "labels written at an endpoint are repeatable only in the same company: a server rounds"
          + " otherwise when it computes other texts at the same time";

  // A busy server lets texts wait for one another.
  private static final Duration CALL = Duration.ofMinutes(10);
  private static final Duration TOTAL = Duration.ofMinutes(60);

  private final RunPlan plan;
  private final OpenedModel opened;
  private final Path folder;
  private final SoftSession.RunOptions options;
  private Optional<ServedModel> labelling = Optional.empty();
  private Optional<ServedModel> measuring = Optional.empty();

  RunServers(RunPlan plan, OpenedModel opened, Path folder, SoftSession.RunOptions options) {
    this.plan = plan;
    this.opened = opened;
    this.folder = folder;
    this.options = options;
  }

  /** Opens and tries those that the plan names. */
  void open() {
    ServerSettings server = plan.values().server();
    Optional<String> evaluation = plan.values().eval().server();
    refuseOtherPlace(server.labels());
    if (!server.labels() && evaluation.isEmpty()) {
      return;
    }
    SoftSettings soft = plan.values().soft();
    if (soft.training().method() == TrainingOptions.Trained.FULL) {
      throw ServedModel.wholeModel();
    }
    if (!(opened.model().inProcess() instanceof LocalModel local)) {
      throw new UserError(
          "%s does not learn here, and a server is only given what is learned."
              .formatted(plan.values().model().name()),
          "Name the same model's folder, GGUF file or fetched name with --model.");
    }
    StandingTrainer trainer =
        new StandingTrainer(opened.trainable(), plan.values().model().choice().adapter());
    if (server.labels()) {
      labelling = Optional.of(opening(server.address(), true).open(trainer, local.source()));
    }
    measuring = evaluation.map(at -> opening(at, false).open(trainer, local.source()));
  }

  /** Labels of one run come from one kind of place, however it is resumed. */
  private void refuseOtherPlace(boolean labels) {
    Path record = folder.resolve("run.json");
    if (options.allowChanges() || !Files.isRegularFile(record)) {
      return;
    }
    JsonNode sources =
        Json.read(WholeFile.read(record), JsonNode.class, "run.json").path("sources");
    boolean before = !sources.path("server.address").asText("").isEmpty();
    if (before != labels) {
      throw new UserError(
          "The labels of the run in %s are written %s."
              .formatted(folder, before ? "at a server" : "here, and not at a server"),
          before
              ? "Go on with --label-endpoint and the server's address, or add --allow-changes."
              : "Go on without --label-endpoint, or add --allow-changes.");
    }
  }

  private ServedOpening opening(String address, boolean labels) {
    ServerSettings server = plan.values().server();
    SoftSettings soft = plan.values().soft();
    LoraServer found =
        LoraServer.open(
            address,
            ApiKey.fromEnvironment(System.getenv()),
            calls(server.concurrency()),
            server.routes().named(),
            options.notes());
    TrainingOptions training = soft.training();
    boolean sorted =
        soft.order() != CurriculumSettings.Order.NONE
            && soft.curriculum().difficulty() == CurriculumSettings.Difficulty.RESPONSE_PERPLEXITY;
    return new ServedOpening(
        found,
        place(),
        new TrainingMethod.Lora(
            training.rank(), training.alpha(), training.dropout(), training.targetModules()),
        lastRank(soft),
        soft.labelling().sampling(),
        labels && sorted,
        server.concurrency(),
        options.notes());
  }

  private static RemoteSettings calls(int concurrency) {
    RemoteSettings usual = RemoteSettings.DEFAULT;
    return new RemoteSettings(
        usual.attempts(),
        CALL,
        TOTAL,
        usual.maxAnswerBytes(),
        concurrency,
        usual.firstWait(),
        usual.longestWait(),
        RemoteSettings.Texts.AS_THEY_ARE);
  }

  private AdapterPlace place() {
    String named = plan.values().server().adapterPath();
    Path own = folder.toAbsolutePath().normalize().resolve(PLACE);
    return named.isEmpty() ? new AdapterPlace(own, own.toString()) : AdapterPlace.parse(named);
  }

  /** Of the last round's adapter: each round's is stacked on those before it. */
  private int lastRank(SoftSettings soft) {
    boolean stacked = soft.round().start() != RoundSettings.Start.BASE;
    int under =
        plan.values().model().choice().adapter().map(a -> PeftAdapter.read(a).rank()).orElse(0);
    return under + soft.training().rank() * (stacked ? soft.effectiveRounds() : 1);
  }

  /** The model that labels, where a server does. */
  Optional<TrainableModel> labelling() {
    return labelling.map(TrainableModel.class::cast);
  }

  /** The benchmarks, asked of the server that is measured. */
  Evaluator measuring(Evaluator benchmarks) {
    return (model, round, at, cancel) -> {
      ServedModel served = measuring.orElseThrow();
      Path adapter = at.resolveSibling("adapter");
      if (round > 0 && Files.isDirectory(adapter)) {
        served.useAdapter(adapter);
      } else {
        served.useBase();
      }
      return benchmarks.evaluate(served, round, at, cancel);
    };
  }

  /** The same evaluation, which says in run.json where the labels come from. */
  Evaluator marked(Evaluator evaluation, RunFolder run) {
    return labelling.isEmpty()
        ? evaluation
        : (model, round, at, cancel) -> {
          RunRecord.addCaveat(run, CAVEAT);
          return evaluation.evaluate(model, round, at, cancel);
        };
  }

  @Override
  public void close() {
    labelling.ifPresent(ServedModel::close);
    measuring.ifPresent(ServedModel::close);
    if (plan.values().server().adapterPath().isEmpty()) {
      removeEmptyPlace();
    }
  }

  private void removeEmptyPlace() {
    Path own = folder.resolve(PLACE);
    String[] left = own.toFile().list();
    if (left != null && left.length == 0) {
      own.toFile().delete();
    }
  }
}
