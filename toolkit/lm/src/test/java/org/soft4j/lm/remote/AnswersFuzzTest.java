package org.soft4j.lm.remote;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.source.FixedSeed;
import org.soft4j.lm.source.JsonEdits;

/** Whatever a server answers: a reply, what may pass, or a UserError. See docs/fuzzing.md. */
class AnswersFuzzTest {
  private static final String CHAT =
      """
      {"id": "c", "object": "chat.completion", "choices": [{"index": 0, "message": {"role":
       "assistant", "content": "It is blue.", "refusal": null, "reasoning_content": "so",
       "tool_calls": []}, "finish_reason": "stop", "stop_reason": null, "logprobs": {"content":
       [{"token": "It", "logprob": -0.5, "top_logprobs": [{"token": "It", "logprob": -0.5}]}]}}],
       "usage": {"prompt_tokens": 3, "completion_tokens": 2}}\
      """;
  private static final String PARTS =
      """
      {"choices": [{"index": 0, "message": {"content": [{"type": "text", "text": "a"}, {"type":
       "thinking", "thinking": "b"}, {"type": "text", "text": {"value": "c"}}, "d"],
       "function_call": {"name": "f"}}, "finish_reason": "tool_calls"}]}\
      """;
  private static final String TEXT =
      """
      {"choices": [{"index": 0, "text": " blue.", "finish_reason": "length"}],
       "usage": {"prompt_tokens": 4, "completion_tokens": 16}}\
      """;
  private static final String ECHO =
      """
      {"choices": [{"index": 0, "text": "The sky is blue.", "finish_reason": "length", "logprobs":
       {"tokens": ["The", " sky", " is", " bl", "bytes:\\\\x75", "e", ".", "!"], "token_logprobs":
       [null, -1.5, -0.5, -0.25, -9999.0, -1e-3, -2, -1], "top_logprobs": [null, {"sky": -1},
       {"is": -0.5}, {"a": -0.25}, {"b": -1}, {"c": -1}, {"d": -2}, {"e": -1}]}}],
       "usage": {"prompt_tokens": 7}}\
      """;
  private static final String MODELS =
      "{\"object\": \"list\", \"data\": [{\"id\": \"m\", \"owned_by\": \"vllm\"}]}";
  private static final List<String> ERRORS =
      List.of(
          "{\"error\": {\"message\": \"This model's maximum context length is 4096 tokens. However,"
              + " you requested 5000 tokens (4000 in the messages, 1000 in the completion).\","
              + " \"type\": \"invalid_request_error\", \"code\": \"context_length_exceeded\"}}",
          "{\"object\": \"error\", \"message\": \"The input (9 tokens) is longer than the model's"
              + " context length (8 tokens)\", \"code\": 400}",
          "{\"error\": {\"code\": \"content_filter\", \"message\": \"no\", \"n_ctx\": 8,"
              + " \"n_prompt_tokens\": 9}}",
          "{\"detail\": [{\"loc\": [\"body\"], \"msg\": \"field required\"}]}");
  private static final List<String> CODINGS =
      List.of("", "", "", "", "gzip", "deflate", "identity", "br");
  private static final List<String> TYPES =
      List.of("application/json", "application/json", "text/html", "text/event-stream", "\u001b");
  private static final int[] STATUSES = {
    200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 401, 404, 413, 422, 429, 500
  };
  private static final URI ADDRESS = URI.create("http://localhost:1/v1");
  private static final JsonCalls CALLS =
      new JsonCalls(
          ApiKey.fromEnvironment(Map.of("SOFT4J_API_KEY", "sk-0123456789")),
          RemoteSettings.DEFAULT,
          line -> {});
  private static final ChatWire WIRE = new ChatWire("m", Dialect.VLLM);
  private static final ScoreRequest ASKED = new ScoreRequest("The sky is", " blue.");

  /** Takes what is wanted out of an answer. */
  @FunctionalInterface
  private interface Taking {
    Object from(JsonCalls.Answer answer) throws Unusable;
  }

  @Test
  void chatCompletions() {
    campaign("chat completions", List.of(CHAT, PARTS), a -> WIRE.chatReply(a.json(), 16));
  }

  @Test
  void completions() {
    campaign("completions", List.of(TEXT, CHAT), a -> WIRE.textReply(a.json(), 16));
  }

  @Test
  void echoes() {
    EchoWire wire = new EchoWire("m", "http://localhost");
    campaign("echoed prompts", List.of(ECHO), a -> wire.score(ASKED, a.json()));
  }

  @Test
  void listsOfModels() {
    campaign(
        "lists of models",
        List.of(MODELS),
        a -> List.of(Dialect.of(a.json()), RemoteModel.names(a.json())));
  }

  @Test
  void errors() {
    campaign("errors of servers", ERRORS, a -> WIRE.chatReply(a.json(), 16));
  }

  private static void campaign(String name, List<String> sound, Taking taking) {
    JsonEdits edits = new JsonEdits(sound);
    FixedSeed.run(
        name,
        data -> {
          int status = STATUSES[data.consumeInt(0, STATUSES.length - 1)];
          String coding = data.pickValue(CODINGS);
          HttpHeaders headers =
              HttpHeaders.of(
                  Map.of(
                      "Content-Type", List.of(data.pickValue(TYPES)),
                      "Content-Encoding", coding.isEmpty() ? List.of() : List.of(coding),
                      "Retry-After", List.of(data.consumeString(5))),
                  (header, value) -> true);
          byte[] bytes = damaged(edits.next(data), data);
          byte[] sent = coding.equals("gzip") ? packed(bytes, data) : bytes;
          try {
            taking.from(
                CALLS.read(
                    ADDRESS,
                    status,
                    headers,
                    new BoundedBytes.Body(sent, data.consumeInt(0, 30) > 0)));
            return "read";
          } catch (Unusable passes) {
            return "may pass";
          }
        });
  }

  /** One in four is no longer JSON, or no longer UTF-8. */
  private static byte[] damaged(byte[] bytes, FuzzedDataProvider data) {
    if (bytes.length > 0 && data.consumeInt(0, 3) == 0) {
      bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
    }
    return bytes;
  }

  private static byte[] packed(byte[] bytes, FuzzedDataProvider data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return damaged(out.toByteArray(), data);
  }
}
