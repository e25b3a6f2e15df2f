package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;

/** Log-likelihood from echoed prompts, in the forms that servers send. */
class EchoWireTest {
  // "The sky is" + " blue": as OpenAI's completions answered, with one generated token behind.
  private static final String PLAIN =
      """
      {"choices": [{"text": "The sky is blue.", "logprobs": {
        "tokens": ["The", " sky", " is", " bl", "ue", "."],
        "token_logprobs": [null, -3.5, -0.25, -1.5, -0.125, -0.5],
        "top_logprobs": [null, {" first": -1.0}, {" is": -0.25}, {" grey": -1.0}, {"ue": -0.125},
          {".": -0.5}]}}]}
      """;
  // A server that adds a beginning-of-text token, counts its tokens and generates one more.
  private static final String BEGUN =
      """
      {"usage": {"prompt_tokens": 6}, "choices": [{"logprobs": {
        "tokens": ["<s>", "The", " sky", " is", " bl", "ue", "."],
        "token_logprobs": [null, -2.0, -3.5, -0.25, -1.5, -0.125, -0.5],
        "top_logprobs": [null, {"A": -1}, {" first": -1.0}, {" is": -0.25}, {" bl": -1.5},
          {"ue": -0.125}, {".": -0.5}]}}]}
      """;

  private static Score score(String answer, String context, String continuation)
      throws IOException {
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      return RemoteModel.open(server.address() + "#m", ApiKey.NONE, RemoteSettings.DEFAULT)
          .score(List.of(new ScoreRequest(context, continuation)))
          .get(0);
    }
  }

  @Test
  void theContinuationsTokensAreSummed() throws IOException {
    Score score = score(PLAIN, "The sky is", " blue");
    assertArrayEquals(new double[] {-1.5, -0.125}, score.logProbabilities());
    assertEquals(-1.625, score.logProbability());
    assertFalse(score.greedy(), "' grey' was likelier than ' bl'");
    assertEquals(0, score.entropies().length, "entropies are not told");
  }

  @Test
  void aBeginningTokenAndTheGeneratedOneDoNotCount() throws IOException {
    Score score = score(BEGUN, "The sky is", " blue");
    assertArrayEquals(new double[] {-1.5, -0.125}, score.logProbabilities());
    assertTrue(score.greedy());
  }

  @Test
  void blanksAtTheContextsEndBelongToTheContinuation() throws IOException {
    assertEquals(2, score(PLAIN, "The sky is ", "blue").tokens());
  }

  // Python's rstrip, by which lm-evaluation-harness finds the border, takes a no-break space too:
  // " Prix\u00a0:\u00a0" + "12" is scored from the last no-break space on, here as by a local
  // model.
  @Test
  void aNoBreakSpaceAtTheContextsEndBelongsToTheContinuation() throws IOException {
    String answer =
        """
        {"usage": {"prompt_tokens": 5}, "choices": [{"logprobs": {
          "tokens": ["Prix", "\u00a0", ":", "\u00a0", "12", "."],
          "token_logprobs": [null, -2.0, -0.5, -0.25, -1.5, -0.125],
          "top_logprobs": [null, {"a": -1}, {":": -0.5}, {"\u00a0": -0.25}, {"12": -1.5},
            {".": -0.125}]}}]}
        """;
    Score score = score(answer, "Prix\u00a0:\u00a0", "12");
    assertArrayEquals(new double[] {-0.25, -1.5}, score.logProbabilities());
  }

  @Test
  void aTokenOverTheBorderIsNoScore() throws IOException {
    UserError error = assertThrows(UserError.class, () -> score(PLAIN, "The sky i", "s blue"));
    assertTrue(error.getMessage().contains("behind \"…The sky i\""), error::toString);
  }

  // lm-evaluation-harness 0.4.13 gives it the best score of all here, 0 over no token.
  @Test
  void aContinuationSwallowedByTheContextsLastTokenIsNoScore() throws IOException {
    String answer =
        """
        {"usage": {"prompt_tokens": 2}, "choices": [{"logprobs": {
          "tokens": ["<s>", "Answer", "!"], "token_logprobs": [null, -2.0, -0.5],
          "top_logprobs": [null, {}, {}]}}]}
        """;
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      Score[] scores = new Score[1];
      RemoteModel.open(server.address() + "#m", ApiKey.NONE, RemoteSettings.DEFAULT)
          .score(
              List.of(new ScoreRequest("Answ", "er")),
              (i, score) -> scores[i] = score,
              Cancellation.NEVER);
      assertEquals(Set.of(Caveat.BORDER_IN_TOKEN), scores[0].caveats());
      assertTrue(Double.isNaN(scores[0].logProbability()));
    }
  }

  @Test
  void anEmptyContextNeedsABeginningToken() throws IOException {
    assertEquals(5, score(BEGUN, "", "The sky is blue").tokens());
    UserError error = assertThrows(UserError.class, () -> score(PLAIN, "", "The sky is blue"));
    assertTrue(error.getMessage().contains("first token"), error::toString);
  }

  // "It’s" + " on": the apostrophe, e2 80 99, is two tokens; OpenAI's completions write bytes.
  private static final String BYTES =
      """
      {"usage": {"prompt_tokens": 5}, "choices": [{"text": "It\u2019s on.", "logprobs": {
        "tokens": ["It", "bytes:\\\\xe2\\\\x80", "bytes:\\\\x99", "s", " on", "."],
        "token_logprobs": [null, -2.0, -0.5, -0.25, -1.5, -0.5],
        "top_logprobs": [null, {}, {}, {}, {" on": -1.5}, {}]}}]}
      """;

  @Test
  void tokensThatAreBytesAreJoinedToCharacters() throws IOException {
    assertArrayEquals(new double[] {-1.5}, score(BYTES, "It’s", " on").logProbabilities());
    assertArrayEquals(
        new double[] {-2.0, -0.5, -0.25, -1.5}, score(BYTES, "It", "’s on").logProbabilities());
  }

  @Test
  void unreadableTokensBeforeTheBorderDoNoHarm() throws IOException {
    String unknown = BYTES.replaceAll("bytes:[^\"]*", "\ufffd");
    assertArrayEquals(new double[] {-1.5}, score(unknown, "It’s", " on").logProbabilities());
  }

  @Test
  void unreadableTokensOfTheContinuationAreThatItemsFault() throws IOException {
    String unknown = BYTES.replaceAll("bytes:[^\"]*", "\ufffd");
    try (OddServer server =
        new OddServer(
            (exchange, request) -> {
              boolean odd = request.path("prompt").asText().startsWith("It");
              OddServer.status(200, odd ? unknown : SKY).answer(exchange, request);
            })) {
      Score[] scores = new Score[2];
      RemoteModel.open(server.address() + "#m", ApiKey.NONE, RemoteSettings.DEFAULT)
          .score(
              List.of(new ScoreRequest("It", "’s on"), new ScoreRequest("The sky is", " blue.")),
              (i, score) -> scores[i] = score,
              Cancellation.NEVER);
      assertEquals(Set.of(Caveat.UNSCORED), scores[0].caveats());
      assertTrue(Double.isNaN(scores[0].logProbability()), "no number stands for none");
      assertEquals(-2.125, scores[1].logProbability());
      assertEquals(Set.of(), scores[1].caveats());
    }
  }

  // The plain text that tells whether a server echoes at all.
  private static final String SKY =
      """
      {"usage": {"prompt_tokens": 6}, "choices": [{"logprobs": {
        "tokens": ["The", " sky", " is", " bl", "ue", ".", "!"],
        "token_logprobs": [null, -3.5, -0.25, -1.5, -0.125, -0.5, -9],
        "top_logprobs": [null, {}, {}, {}, {}, {}, {}]}}]}
      """;

  @Test
  void aServerThatDoesNotEchoIsRefusedByName() {
    for (String answer :
        List.of(
            "{\"choices\": [{\"text\": \".\"}]}",
            "{\"choices\": [{\"text\": \".\", \"logprobs\": null}]}",
            "{\"choices\": [{\"logprobs\": {\"tokens\": [\".\"], \"token_logprobs\": [-1],"
                + " \"top_logprobs\": [{}]}}]}")) {
      UserError error = assertThrows(UserError.class, () -> score(answer, "The sky is", " blue"));
      assertTrue(error.getMessage().contains("http://127.0.0.1"), error::toString);
      assertTrue(error.getMessage().contains("echoed prompt"), error::toString);
    }
  }

  /** What vLLM and Python write for a probability of zero would be summed like any number. */
  @Test
  void aProbabilityOfZeroIsRefusedByName() {
    for (String none : List.of("-9999.0", "null", "-10000", "\"-Infinity\"")) {
      UserError error =
          assertThrows(
              UserError.class,
              () -> score(PLAIN.replace("-0.125, -0.5", none + ", -0.5"), "The sky is", " blue"));
      assertTrue(error.getMessage().contains("no log-probability for token 5"), error::toString);
    }
  }
}
