package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.tokenizer.ChatMessage;

/** A server that sends the key back, spelled in every way, in every place of its answers. */
@Tag("slow")
class HiddenKeyTest {
  private static final String SECRET = "sk-proj/Ke+9_cd.EF7xyz/0q";
  private static final ApiKey KEY = ApiKey.fromEnvironment(Map.of("SOFT4J_API_KEY", SECRET));
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @ParameterizedTest
  @EnumSource
  void aTextLosesTheKey(KeySpelling spelling) {
    String hidden = KEY.hide("before " + spelling.of(SECRET) + " behind");
    assertTrue(hidden.contains("[key]"), hidden);
    assertTrue(hidden.startsWith("before ") && hidden.endsWith(" behind"), hidden);
    // Of base64 the characters that hold bits of the neighbours stay.
    assertTrue(hidden.length() <= "before [key] behind".length() + 20, hidden);
  }

  /** In every place of an answer from which text is taken, plain and packed. */
  @Test
  void anAnswerLosesTheKeyAndTellsIt() throws IOException {
    List<String> words = Stream.of(KeySpelling.values()).map(each -> each.of(SECRET)).toList();
    List<OddServer.Behaviour> answers = new ArrayList<>();
    for (String word : words) {
      for (ObjectNode answer :
          List.of(
              answer(message -> message.put("content", word)),
              answer(message -> message.putArray("content").addObject().put("text", word)),
              answer(message -> message.put("refusal", word)))) {
        answers.add(OddServer.status(200, answer.toString()));
        answers.add(packed(escaped(answer.toString())));
      }
    }
    try (OddServer server = new OddServer(answers.toArray(OddServer.Behaviour[]::new))) {
      List<ChatReply> replies = ask(server, answers.size(), new CopyOnWriteArrayList<>());
      assertEquals(answers.size(), replies.size());
      for (int i = 0; i < replies.size(); i++) {
        ChatReply reply = replies.get(i);
        assertFalse(
            (reply.text() + reply.firstToken()).contains(words.get(i / 6)), reply::toString);
        assertTrue(reply.text().contains("[key]"), reply::toString);
        assertTrue(reply.firstToken().containsKey("[key]"), reply::toString);
        assertTrue(reply.caveats().contains(Caveat.KEY_HIDDEN));
      }
    }
  }

  @Test
  void partsThatTogetherAreTheKeyLoseIt() throws IOException {
    ObjectNode answer =
        answer(
            message ->
                message
                    .putArray("content")
                    .add(JSON.objectNode().put("text", SECRET.substring(0, 10)))
                    .add(JSON.objectNode().put("text", SECRET.substring(10))));
    try (OddServer server = new OddServer(OddServer.status(200, answer.toString()))) {
      ChatReply reply = ask(server);
      assertEquals("[key]", reply.text());
      assertTrue(reply.caveats().contains(Caveat.KEY_HIDDEN));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "UNICODE_ESCAPES", "PERCENT", "BASE64_OF_BEARER"})
  void noFaultHoldsTheKey(KeySpelling spelling) throws IOException {
    String word = spelling.of(SECRET);
    String inJson = TextNode.valueOf(word).toString();
    String inHeader = word.replaceAll("\\s+", "").replaceAll("[^ -~]", "");
    for (OddServer.Behaviour odd :
        List.of(
            OddServer.status(401, "{\"error\": {\"message\": " + inJson + "}}"),
            OddServer.status(400, word),
            OddServer.status(500, word),
            OddServer.status(200, word),
            OddServer.status(200, "{\"object\": " + inJson + "}"),
            OddServer.status(200, escaped("{\"object\": " + inJson + "}")),
            OddServer.status(200, "x".repeat(11_000) + word),
            OddServer.status(200, "<title>" + word + "</title>", "Content-Type", "text/html"),
            OddServer.status(200, "", "Content-Type", "text/" + inHeader),
            OddServer.status(302, "", "Location", "http://host/" + inHeader),
            OddServer.status(200, "x", "Content-Encoding", inHeader))) {
      List<String> said = new CopyOnWriteArrayList<>();
      try (OddServer server = new OddServer(odd)) {
        UserError error = assertThrows(UserError.class, () -> ask(server, 1, said));
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        String all = error + trace.toString() + said;
        for (String form : List.of(word, inHeader, SECRET, SECRET.substring(0, 12))) {
          assertFalse(all.contains(form), all);
        }
      }
    }
  }

  /** What docs/security.md says is not found. */
  @Test
  void someSpellingsAreNotFound() {
    for (String word :
        List.of(
            new StringBuilder(SECRET).reverse().toString(),
            SECRET.substring(1),
            String.join(" ", SECRET.split("")))) {
      assertEquals(word, KEY.hide(word));
    }
  }

  /** A key that servers are given because they want some is a word that answers may hold. */
  @Test
  void aStandInIsNoSecret() {
    for (String word : List.of("none", "EMPTY", "x", "1234")) {
      ApiKey key = ApiKey.fromEnvironment(Map.of("OPENAI_API_KEY", word));
      assertEquals("it is " + word, key.hide("it is " + word));
    }
  }

  /** Long texts of what the patterns begin with; the time is the processor's. */
  @Test
  void longTextsTakeNoLongTime() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (String part : List.of("\\", "c2st", "sk-proj/Ke+9_cd.EF7xy ")) {
      String text = part.repeat((1 << 20) / part.length());
      long began = threads.getCurrentThreadCpuTime();
      assertEquals(text, KEY.hide(text));
      long nanos = threads.getCurrentThreadCpuTime() - began;
      assertTrue(nanos < 5_000_000_000L, part + " takes " + nanos / 1_000_000 + " ms");
    }
  }

  private static ObjectNode answer(Consumer<ObjectNode> writing) {
    ObjectNode answer = JSON.objectNode();
    ObjectNode choice = answer.putArray("choices").addObject().put("finish_reason", "stop");
    writing.accept(choice.putObject("message"));
    choice
        .putObject("logprobs")
        .putArray("content")
        .addObject()
        .putArray("top_logprobs")
        .addObject()
        .put("token", SECRET)
        .put("logprob", -0.5);
    return answer;
  }

  private static String escaped(String json) {
    return json.replace("s", "\\u0073").replace("/", "\\/");
  }

  private static OddServer.Behaviour packed(String json) {
    return (exchange, request) -> {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(json.getBytes(StandardCharsets.UTF_8));
      }
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      exchange.sendResponseHeaders(200, bytes.size());
      exchange.getResponseBody().write(bytes.toByteArray());
    };
  }

  private static ChatReply ask(OddServer server) {
    return ask(server, 1, new CopyOnWriteArrayList<>()).get(0);
  }

  private static List<ChatReply> ask(OddServer server, int times, List<String> said) {
    RemoteSettings twice =
        new RemoteSettings(
            2,
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            10_000,
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            RemoteSettings.Texts.AS_MESSAGES);
    ChatRequest request =
        new ChatRequest(
            List.of(new ChatMessage("user", "hello")), Sampling.GREEDY, 4, List.of(), 0, 1, "");
    List<ChatReply> replies = new ArrayList<>();
    RemoteModel.open(server.address() + "#m", KEY, twice, said::add)
        .chat(
            Collections.nCopies(times, request),
            (index, reply) -> replies.add(reply),
            Cancellation.NEVER);
    return replies;
  }
}
