package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/**
 * Texts beyond a server's window. The servers' words are from their public issue threads: vLLM
 * 20409 and 33418, SGLang 4048, Qwen3 1321, llama.cpp 15780, llama-cpp-python 416.
 */
class OverflowTest {
  private static final RemoteSettings QUICK =
      new RemoteSettings(
          1,
          Duration.ofMillis(2500),
          Duration.ofSeconds(20),
          100_000,
          2,
          Duration.ofMillis(10),
          Duration.ofMillis(40),
          RemoteSettings.Texts.AS_MESSAGES);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          16384 | 9591 | This model's maximum context length is 16384 tokens. However, you requested 19591 tokens (9591 in the messages, 10000 in the completion). Please reduce the length of the messages or completion. None
          8192 | 9739 | This model's maximum context length is 8192 tokens. However, you requested 512 output tokens and your prompt contains 9739 input tokens, for a total of 10251 tokens. Please reduce the length of the input prompt or the number of requested output tokens.
          8192 | 9739 | ValueError: This model's maximum context length is 8192 tokens. However, your request has 9739 input tokens. Please reduce the length of the input messages.
          4096 | 12 | 'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum context length is 4096 tokens and your request has 12 input tokens (8192 > 4096 - 12).
          4097 | 7575 | This model's maximum context length is 4097 tokens. However, your messages resulted in 7575 tokens. Please reduce the length of the messages.
          272000 | 0 | Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 509178 tokens.
          4096 | 900 | Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5000 tokens: 900 tokens from the input messages and 4100 tokens for the completion.
          40960 | 61709 | The input (61709 tokens) is longer than the model's context length (40960 tokens).
          59862 | 160062 | Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens). Use a shorter input or enable --allow-auto-truncate.
          4096 | 5000 | The decoder prompt (length 5000) is longer than the maximum model length of 4096.
          8192 | 9739 | request (9739 tokens) exceeds the available context size (8192 tokens), try increasing it
          0 | 0 | the request exceeds the available context size, try increasing it
          2048 | 2285 | Requested tokens (2285) exceed context window of 2048
          0 | 0 | max_tokens must be at least 1, got -186.
          """)
  void serversSayItInTheirWords(int window, int input, String message) {
    String json =
        "\"message\": \"%s\", \"type\": \"BadRequestError\", \"code\": 400}".formatted(message);
    Optional<Overflow> expected = Optional.of(new Overflow(window, input));
    assertEquals(expected, Overflow.of(400, "{\"object\": \"error\", " + json));
    assertEquals(expected, Overflow.of(400, "{\"error\": {" + json + "}"));
  }

  @Test
  void aCodeAloneSuffices() {
    assertEquals(
        Optional.of(new Overflow(256, 1407)),
        Overflow.of(
            500,
            "{\"error\": {\"code\": 500, \"message\": \"too much\", \"type\":"
                + " \"exceed_context_size_error\", \"n_prompt_tokens\": 1407, \"n_ctx\": 256}}"));
    assertEquals(
        Optional.of(new Overflow(0, 0)),
        Overflow.of(
            400, "{\"error\": {\"code\": \"context_length_exceeded\", \"message\": \"no\"}}"));
  }

  /** What was asked may stand in an error's words, and is no reason to pass over the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"error": {"message": "Invalid value: \\"This model's maximum context length is 9 tokens\\""}}
          400 | {"error": {"message": "temperature must be at most 2"}}
          400 | This model's maximum context length is 4096 tokens
          404 | {"error": {"message": "This model's maximum context length is 4096 tokens"}}
          """)
  void anythingElseStaysAnError(int status, String text) {
    assertEquals(Optional.empty(), Overflow.of(status, text));
  }

  private static final String FULL =
      "{\"object\": \"error\", \"code\": 400, \"message\": \"This model's maximum context length is"
          + " 40 tokens. However, your request has %s input tokens.\"}";

  @Test
  void oneTextThatDoesNotFitLeavesTheOthersTheirAnswers() throws IOException {
    try (OddServer server =
        new OddServer(
            (exchange, request) ->
                (request.toString().contains("long")
                        ? OddServer.status(400, FULL.formatted(90))
                        : OddServer.echo())
                    .answer(exchange, request))) {
      List<Generation> texts = open(server).generate(List.of(ask("long"), ask("short")));
      assertEquals(Set.of(Caveat.NO_ROOM), texts.get(0).caveats());
      assertEquals("", texts.get(0).text());
      assertEquals("short", texts.get(1).text());
      assertEquals(2, server.requests.size());
    }
  }

  @Test
  void whereThePromptFitsTheAnswerGetsWhatRoomThereIs() throws IOException {
    try (OddServer server =
        new OddServer(
            OddServer.status(400, FULL.formatted(30)),
            OddServer.status(
                200,
                "{\"choices\": [{\"message\": {\"content\": \"a\"}, \"finish_reason\":"
                    + " \"length\"}]}"))) {
      Generation text = open(server).generate(List.of(ask("x"))).get(0);
      assertEquals("a", text.text());
      assertEquals(Set.of(Caveat.WINDOW_FULL), text.caveats());
      assertEquals(10, server.requests.get(1).path("max_tokens").asInt(), "40 less 30");
    }
  }

  @Test
  void aScoredTextThatDoesNotFitHasNoScore() throws IOException {
    try (OddServer server = new OddServer(OddServer.status(400, FULL.formatted(90)))) {
      List<Score> scores = new ArrayList<>();
      open(server)
          .score(
              List.of(new ScoreRequest("a", " b")),
              (i, score) -> scores.add(score),
              Cancellation.NEVER);
      assertEquals(Optional.of(Caveat.OVER_WINDOW), scores.get(0).missing());
    }
  }

  @Test
  void anotherRefusalEndsTheCall() throws IOException {
    try (OddServer server =
        new OddServer(OddServer.status(400, "{\"error\": {\"message\": \"no such role\"}}"))) {
      UserError error =
          assertThrows(UserError.class, () -> open(server).generate(List.of(ask("x"))));
      assertTrue(error.getMessage().contains("no such role"), error.getMessage());
    }
  }

  private static RemoteModel open(OddServer server) {
    return RemoteModel.open(server.address() + "#m", ApiKey.NONE, QUICK);
  }

  private static GenerationRequest ask(String text) {
    return new GenerationRequest(text, Sampling.GREEDY, 16, List.of(), 7);
  }
}
