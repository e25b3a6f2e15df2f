package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** What endpoints send instead of a plain text, over HTTP, and what is made of it. */
@Tag("slow")
class AnswerMessageTest {
  private static final String STOP = "stop";

  /** message, finish_reason; text, finish, caveats. The forms are those of the named servers. */
  static Stream<Arguments> messages() {
    return Stream.of(
        row("{\"content\": \"4\"}", STOP, "4", Generation.Finish.STOP_TOKEN),
        // OpenAI's responses, Mistral, Anthropic: parts.
        row(
            "{\"content\": [{\"type\": \"text\", \"text\": \"4\"}, {\"type\": \"text\", \"text\": \"2\"}]}",
            STOP,
            "42",
            Generation.Finish.STOP_TOKEN),
        row("{\"content\": [\"4\", \"2\"]}", STOP, "42", Generation.Finish.STOP_TOKEN),
        row(
            "{\"content\": [{\"type\": \"text\", \"text\": {\"value\": \"4\"}}]}",
            STOP,
            "4",
            Generation.Finish.STOP_TOKEN),
        // Mistral's magistral: thoughts are a part of their own.
        row(
            "{\"content\": [{\"type\": \"thinking\", \"thinking\": [{\"type\": \"text\", \"text\":"
                + " \"hm\"}]}, {\"type\": \"text\", \"text\": \"4\"}]}",
            STOP,
            "4",
            Generation.Finish.STOP_TOKEN),
        row(
            "{\"content\": [{\"type\": \"text\", \"text\": \"4\"}, {\"type\": \"image_url\"}]}",
            STOP,
            "4",
            Generation.Finish.STOP_TOKEN,
            Caveat.NOT_ONLY_TEXT),
        row("{\"content\": null}", STOP, "", Generation.Finish.STOP_TOKEN, Caveat.NO_TEXT),
        row("{}", STOP, "", Generation.Finish.STOP_TOKEN, Caveat.NO_TEXT),
        row("{\"content\": \"\"}", STOP, "", Generation.Finish.STOP_TOKEN, Caveat.NO_TEXT),
        // OpenAI: refused.
        row(
            "{\"content\": null, \"refusal\": \"I can't.\"}",
            STOP,
            "I can't.",
            Generation.Finish.STOP_TOKEN,
            Caveat.REFUSED),
        row(
            "{\"content\": [{\"type\": \"refusal\", \"refusal\": \"No.\"}]}",
            STOP,
            "No.",
            Generation.Finish.STOP_TOKEN,
            Caveat.REFUSED),
        // vLLM, SGLang, DeepSeek, llama.cpp: reasoning_content; newer vLLM, OpenRouter, Ollama:
        // reasoning.
        row(
            "{\"content\": null, \"reasoning_content\": \"2 and 2\"}",
            "length",
            "",
            Generation.Finish.LENGTH,
            Caveat.CUT_OFF,
            Caveat.REASONING_ONLY),
        row(
            "{\"content\": \"\", \"reasoning\": \"2 and 2\"}",
            STOP,
            "",
            Generation.Finish.STOP_TOKEN,
            Caveat.REASONING_ONLY),
        row(
            "{\"content\": \"4\", \"reasoning\": \"2 and 2\"}",
            STOP,
            "4",
            Generation.Finish.STOP_TOKEN),
        row("{\"content\": \"4 an\"}", "length", "4 an", Generation.Finish.LENGTH, Caveat.CUT_OFF),
        row(
            "{\"content\": \"To bu\"}",
            "content_filter",
            "To bu",
            Generation.Finish.OTHER,
            Caveat.FILTERED),
        row(
            "{\"content\": null, \"tool_calls\": [{\"type\": \"function\"}]}",
            "tool_calls",
            "",
            Generation.Finish.OTHER,
            Caveat.TOOL_CALL));
  }

  private static Arguments row(
      String message, String why, String text, Generation.Finish finish, Caveat... caveats) {
    return Arguments.of(message, why, text, finish, Set.of(caveats));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsNoPlainTextIsNamed(
      String message, String why, String text, Generation.Finish finish, Set<Caveat> caveats)
      throws IOException {
    String answer =
        "{\"choices\": [{\"message\": %s, \"finish_reason\": \"%s\"}]}".formatted(message, why);
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      Generation generation = one(server, RemoteSettings.DEFAULT);
      assertEquals(text, generation.text());
      assertEquals(finish, generation.finish());
      assertEquals(caveats, generation.caveats());
    }
  }

  @Test
  void aTextOfLegacyCompletionsMayBeNull() throws IOException {
    String answer = "{\"choices\": [{\"text\": null, \"finish_reason\": \"stop\"}]}";
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      RemoteSettings texts = RemoteSettings.DEFAULT.withTexts(RemoteSettings.Texts.AS_THEY_ARE);
      assertEquals(Set.of(Caveat.NO_TEXT), one(server, texts).caveats());
    }
  }

  @Test
  void aTextAsLongAsItMayBeWasCutOffWhereNoReasonIsTold() throws IOException {
    String answer =
        "{\"choices\": [{\"message\": {\"content\": \"a b\"}}], \"usage\": {\"completion_tokens\": 9}}";
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      assertEquals(Generation.Finish.LENGTH, one(server, RemoteSettings.DEFAULT).finish());
    }
  }

  @Test
  void theFirstOfSeveralChoicesIsTaken() throws IOException {
    String answer =
        "{\"choices\": [{\"index\": 1, \"message\": {\"content\": \"b\"}},"
            + " {\"index\": 0, \"message\": {\"content\": \"a\"}}]}";
    try (OddServer server = new OddServer(OddServer.status(200, answer))) {
      assertEquals("a", one(server, RemoteSettings.DEFAULT).text());
    }
  }

  @Test
  void aFailureInsideAnAnswerIsTriedAgain() throws IOException {
    // OpenRouter and vLLM: status 200, the failure inside.
    for (String odd :
        List.of(
            "{\"error\": {\"message\": \"overloaded\"}}",
            "{\"choices\": [{\"message\": {\"content\": \"4 a\"}, \"finish_reason\": \"error\"}]}",
            "{\"choices\": [{\"message\": {\"content\": \"\"}, \"error\": {\"code\": 502}}]}",
            "{\"choices\": [{\"message\": {\"content\": \"4 a\"}, \"finish_reason\": \"abort\"}]}")) {
      try (OddServer server = new OddServer(OddServer.status(200, odd), OddServer.echo())) {
        assertEquals("hello", one(server, RemoteSettings.DEFAULT).text(), odd);
      }
    }
  }

  @Test
  void aPromptThatAFilterTurnsAwayIsThatItemsAnswer() throws IOException {
    // Azure's OpenAI service.
    String error =
        "{\"error\": {\"code\": \"content_filter\", \"message\": \"The response was filtered\"}}";
    try (OddServer server = new OddServer(OddServer.status(400, error))) {
      Generation generation = one(server, RemoteSettings.DEFAULT);
      assertEquals(Set.of(Caveat.FILTERED), generation.caveats());
      assertEquals(Generation.Finish.OTHER, generation.finish());
    }
  }

  /** owned_by in GET models; what a greedy request then says about sampling. */
  @ParameterizedTest
  @MethodSource("servers")
  void samplingIsSentWhole(String owner, String sent) throws IOException {
    try (OddServer server =
        new OddServer(OddServer.echo())
            .withModels("{\"data\": [{\"id\": \"m\", \"owned_by\": \"%s\"}]}".formatted(owner))) {
      one(server, RemoteSettings.DEFAULT);
      var request = server.requests.get(0).deepCopy();
      ((com.fasterxml.jackson.databind.node.ObjectNode) request)
          .remove(List.of("model", "messages", "max_tokens"));
      assertEquals(new ObjectMapper().readTree(sent), request);
    }
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        Arguments.of(
            "vllm",
            "{\"temperature\": 0.0, \"top_p\": 1.0, \"top_k\": 0, \"min_p\": 0.0,"
                + " \"repetition_penalty\": 1.0}"),
        Arguments.of(
            "sglang",
            "{\"temperature\": 0.0, \"top_p\": 1.0, \"top_k\": -1, \"min_p\": 0.0,"
                + " \"repetition_penalty\": 1.0}"),
        Arguments.of(
            "llamacpp",
            "{\"temperature\": 0.0, \"top_p\": 1.0, \"top_k\": 0, \"min_p\": 0.0,"
                + " \"repeat_penalty\": 1.0}"),
        Arguments.of("openai", "{\"temperature\": 0.0, \"top_p\": 1.0}"),
        Arguments.of("library", "{\"temperature\": 0.0, \"top_p\": 1.0}"));
  }

  private static Generation one(OddServer server, RemoteSettings settings) {
    return RemoteModel.open(server.address() + "#m", ApiKey.NONE, settings)
        .generate(List.of(new GenerationRequest("hello", Sampling.GREEDY, 9, List.of(), 7)))
        .get(0);
  }
}
