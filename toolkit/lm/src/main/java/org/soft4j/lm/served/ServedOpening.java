package org.soft4j.lm.served;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ScratchFolder;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.local.RequestTokens;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.served.ServerFacts.Distance;
import org.soft4j.lm.served.StandingTrainer.Adapter;
import org.soft4j.lm.source.ModelSource;

/**
 * Tries a server with all that a run will ask of it, and joins it with the model that learns.
 *
 * @param server found already
 * @param place where adapters are handed over
 * @param method how adapters are trained
 * @param rank of the run's largest adapter; those of several rounds are stacked
 * @param sampling how labels are drawn
 * @param perplexities whether the run sorts by the perplexity of what is written
 * @param concurrency calls under way at the same time
 * @param say hears what was found
 */
public record ServedOpening(
    LoraServer server,
    AdapterPlace place,
    TrainingMethod.Lora method,
    int rank,
    Sampling sampling,
    boolean perplexities,
    int concurrency,
    Consumer<String> say) {
  private static final int TOKENS = 12;
  private static final int SEEDS = 4;
  private static final int TELLING_RANK = 4;

  // Until an adapter moves a text's tokens by this much each, on the average.
  private static final double TELLING = 0.5;
  private static final double[] SIZES = {0.05, 0.1, 0.2, 0.5, 1, 2, 5};

  // Of the effect of an adapter, for one that answers in its place.
  private static final double LIKENESS = 0.25;

  /**
   * Tries the server and joins it with a model.
   *
   * @param trainer stays open, and stands anywhere afterwards
   * @param source of the model's files, for its tokens
   * @throws UserError that names what the server cannot do, and a start line that lets it
   */
  public ServedModel open(StandingTrainer trainer, ModelSource source) {
    ProbeAdapter probe = new ProbeAdapter(source, method);
    ServerAdapters.Need need =
        new ServerAdapters.Need(rank, probe.modules(), source.nameInAdapters());
    ServerAdapters adapters = new ServerAdapters(server, place, need, say);
    if (rank > server.routes().most()) {
      throw new UserError(
          "The last round's adapter has rank %s, and no %s takes more than %s."
              .formatted(rank, server.routes().text(), server.routes().most()),
          "Train with a smaller training.rank or fewer rounds, or start every round from the base"
              + " with --set round.start=base.");
    }
    try (ScratchFolder scratch = ScratchFolder.temporary("soft4j-probe")) {
      Trial trial = new Trial(trainer, adapters, probe, new RequestTokens(source), scratch.root());
      ServerFacts facts = trial.run(window());
      return new ServedModel(trainer, source, adapters, facts, say);
    } finally {
      adapters.clear();
    }
  }

  private int window() {
    return server.models().stream()
        .filter(model -> model.name().equals(server.base()))
        .mapToInt(LoraServer.Listed::window)
        .findFirst()
        .orElse(0);
  }

  /** One trial, from the base to adapters to texts. */
  private final class Trial {
    private final StandingTrainer trainer;
    private final ServerAdapters adapters;
    private final ProbeAdapter probe;
    private final RequestTokens tokens;
    private final Path folder;
    private boolean asTokens = true;
    private boolean exact;

    Trial(
        StandingTrainer trainer,
        ServerAdapters adapters,
        ProbeAdapter probe,
        RequestTokens tokens,
        Path folder) {
      this.trainer = trainer;
      this.adapters = adapters;
      this.probe = probe;
      this.tokens = tokens;
      this.folder = folder;
    }

    ServerFacts run(int window) {
      Path empty = folder.resolve("empty");
      probe.write(empty, rank, 0);
      Adapter nothing = Adapter.of(empty);
      // An adapter that the model was opened with is none of the server's base.
      LanguageModel plain =
          trainer.at(trainer.opened().isEmpty() ? Optional.empty() : Optional.of(nothing));
      Score base = base();
      Distance distance = Distance.of(base, here(plain));
      exact = distance.exact();
      if (!exact && !distance.rounded(false)) {
        throw new UserError(
            "%s serves another model than is trained here: the log-probability of a text differs by %s."
                .formatted(server.address(), distance.words()),
            "Serve the same weights; this start line does: " + adapters.start());
      }
      boolean probabilities = probabilities(plain);
      emptyAdapter(nothing, base);
      Distance adapted = tellingAdapter(base, plain);
      int atOnce = asTokens ? atOnce(base) : 1;
      tell(distance, adapted, atOnce, probabilities, window);
      return new ServerFacts(asTokens, probabilities, concurrency, atOnce, window, exact);
    }

    private Score here(LanguageModel model) {
      return model.score(List.of(ServerFacts.TEXT)).get(0);
    }

    private Score server(Optional<String> adapter) {
      return ServerFacts.score(server, adapter, asTokens, tokens);
    }

    /** Asked for by tokens, or by text where the server takes none. */
    private Score base() {
      try {
        return server(Optional.empty());
      } catch (UserError refused) {
        asTokens = false;
        try {
          return server(Optional.empty());
        } catch (UserError also) {
          throw new UserError(
              "The server does not score texts. " + also.problem(),
              also.remedy() + " A start line that does: " + adapters.start(),
              also);
        }
      }
    }

    private void emptyAdapter(Adapter nothing, Score base) {
      ServerAdapters.Use use = adapters.use(nothing);
      Distance distance = Distance.of(server(Optional.of(use.name())), base);
      if (!distance.rounded(exact)) {
        throw otherAdapter("an adapter that changes nothing", distance);
      }
      adapters.clear();
    }

    private Distance tellingAdapter(Score base, LanguageModel plain) {
      Score before = here(plain);
      Path telling = folder.resolve("telling");
      Score after = before;
      Adapter adapter = null;
      for (double size : SIZES) {
        probe.write(telling, Math.min(TELLING_RANK, rank), size);
        adapter = Adapter.of(telling);
        after = here(trainer.at(Optional.of(adapter)));
        if (Distance.of(after, before).tokens() >= TELLING * after.tokens()) {
          break;
        }
      }
      double effect = Distance.of(after, before).tokens();
      ServerAdapters.Use use = adapters.use(adapter);
      Score served = server(Optional.of(use.name()));
      Distance distance = Distance.of(served, after);
      if (distance.tokens() > LIKENESS * effect) {
        boolean ignored = Distance.of(served, base).tokens() <= LIKENESS * effect;
        throw ignored
            ? new UserError(
                "%s answers for an adapter as its base does: it loads adapters and does not use them."
                    .formatted(server.address()),
                "A start line that does: " + adapters.start())
            : otherAdapter("an adapter of known effect", distance);
      }
      Distance again = Distance.of(server(Optional.empty()), base);
      if (!again.rounded(exact)) {
        throw otherAdapter("its base, once an adapter is loaded,", again);
      }
      adapters.clear();
      return distance;
    }

    private UserError otherAdapter(String what, Distance distance) {
      return new UserError(
          "%s answers for %s with another adapter: the log-probability of a text differs by %s."
              .formatted(server.address(), what, distance.words()),
          "Restart it, without adapters of its own: " + adapters.start());
    }

    /** Two scores side by side may bring a server down, or come out otherwise. */
    private int atOnce(Score base) {
      List<ScoreRequest> two = List.of(ServerFacts.TEXT, ServerFacts.TEXT);
      try {
        for (Score score : ServerFacts.scores(server, Optional.empty(), tokens, two, 2)) {
          if (!Distance.of(score, base).rounded(exact)) {
            return 1;
          }
        }
        return concurrency;
      } catch (UserError failed) {
        server.models();
        return 1;
      }
    }

    /** Whether what is written comes with its tokens' log-probabilities, before temperature. */
    private boolean probabilities(LanguageModel plain) {
      String reason = "it tells none";
      boolean compared = false;
      for (int seed = 1; seed <= SEEDS && asTokens && !compared; seed++) {
        LoraServer.Written written =
            written(new GenerationRequest(context(), sampling, TOKENS, List.of(), seed));
        Generation text = written.text();
        if (text.tokens() == 0 || text.logProbabilities().length < text.tokens()) {
          break;
        }
        reason = "";
        Optional<Distance> distance = rescored(written, plain);
        compared = distance.isPresent();
        if (distance.isPresent() && !distance.get().rounded(exact)) {
          reason = "they are not those of temperature 1";
        }
      }
      if (!reason.isEmpty() && perplexities) {
        throw new UserError(
            "%s gives no log-probabilities of what it writes that prompts could be sorted by: %s."
                .formatted(server.address(), reason),
            "Set curriculum.difficulty=prompt_perplexity, or method=soft.");
      }
      return reason.isEmpty();
    }

    private String context() {
      return ServerFacts.TEXT.context();
    }

    private LoraServer.Written written(GenerationRequest request) {
      int[] context = tokens.context(request).tokens();
      return server.written(
          new LoraServer.Context(request, context, tokens.ends(request), TOKENS, false));
    }

    /** What was written, scored; empty where that is not told, and is read as other tokens here. */
    private Optional<Distance> rescored(LoraServer.Written written, LanguageModel plain) {
      Generation text = written.text();
      if (written.tokens().length == text.tokens()) {
        return Optional.of(Distance.of(echoed(written.tokens()), told(text, text.tokens())));
      }
      int count = text.tokens() - (text.finish() == Generation.Finish.STOP_TOKEN ? 1 : 0);
      if (text.text().isEmpty()) {
        return Optional.empty();
      }
      Score score = plain.score(List.of(new ScoreRequest(context(), text.text()))).get(0);
      return score.tokens() == count
          ? Optional.of(Distance.of(score, told(text, count)))
          : Optional.empty();
    }

    private static Score told(Generation text, int count) {
      double[] told = Arrays.copyOf(text.logProbabilities(), count);
      return new Score(Arrays.stream(told).sum(), count, false, told, new double[0]);
    }

    private Score echoed(int[] behind) {
      int[] context =
          tokens.context(new GenerationRequest(context(), sampling, TOKENS, List.of(), 0)).tokens();
      int[] all = Arrays.copyOf(context, context.length + behind.length);
      System.arraycopy(behind, 0, all, context.length, behind.length);
      List<Score> scores = new ArrayList<>();
      server.score(
          Optional.empty(),
          List.of(new LoraServer.Scored(all, behind.length, Set.of())),
          1,
          (i, score) -> scores.add(score),
          Cancellation.NEVER);
      return scores.get(0);
    }

    private void tell(
        Distance base, Distance adapted, int atOnce, boolean probabilities, int window) {
      say.accept(
          "%s at %s: adapters up to rank %s load; a text's log-probability differs from here by %s (base) and %s (adapter)%s"
              .formatted(
                  server.routes().text(),
                  server.address(),
                  rank,
                  base.words(),
                  adapted.words(),
                  exact ? "" : ", as where one side computes in bfloat16"));
      say.accept(
          "texts go there as %s, %s at a time, %s scored at a time%s%s"
              .formatted(
                  asTokens ? "tokens" : "texts, in which control tokens are parsed",
                  concurrency,
                  atOnce,
                  probabilities ? "" : "; log-probabilities of labels are not told",
                  window > 0 ? "; the window there is %s tokens".formatted(window) : ""));
    }
  }
}
