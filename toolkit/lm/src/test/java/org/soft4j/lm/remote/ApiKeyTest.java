package org.soft4j.lm.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.soft4j.core.UserError;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.Sampling;

/** The key reaches the server and nothing else. */
class ApiKeyTest {
  private static final String SECRET = "sk-0123456789abcdefghijklmnopqrstuvwxyz";

  @Test
  void theServerGetsTheKey() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      RemoteModel model = open(server, Map.of("SOFT4J_API_KEY", SECRET + "\n"));
      model.generate(List.of(request()));
      assertEquals(List.of("Bearer " + SECRET), server.authorizations);
    }
  }

  @Test
  void ofTwoKeysOursIsTaken() throws IOException {
    try (OddServer server = new OddServer(OddServer.echo())) {
      open(server, Map.of("SOFT4J_API_KEY", "ours", "OPENAI_API_KEY", "theirs"))
          .generate(List.of(request()));
      open(server, Map.of("OPENAI_API_KEY", "theirs")).generate(List.of(request()));
      open(server, Map.of()).generate(List.of(request()));
      assertEquals(List.of("Bearer ours", "Bearer theirs", "null"), server.authorizations);
    }
  }

  @Test
  void theCommonKeyGoesToNoForeignHostUnencrypted() {
    assertEquals("Bearer k", signed("OPENAI_API_KEY", "https://api.example.org/v1"));
    assertEquals("Bearer k", signed("OPENAI_API_KEY", "http://localhost:8000/v1"));
    assertEquals("none", signed("OPENAI_API_KEY", "http://api.example.org/v1"));
    assertEquals("none", signed("OPENAI_API_KEY", "http://127.example.org/v1"));
    assertEquals("Bearer k", signed("SOFT4J_API_KEY", "http://api.example.org/v1"));
  }

  private static String signed(String variable, String address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    ApiKey.fromEnvironment(Map.of(variable, "k")).sign(request, URI.create(address));
    return request.build().headers().firstValue("Authorization").orElse("none");
  }

  @Test
  void whateverTheServerRepeatsOfTheKeyIsHidden() throws IOException {
    String told = "x".repeat(180) + " your key " + SECRET + " is unknown";
    for (OddServer.Behaviour odd :
        List.of(
            OddServer.status(401, told),
            OddServer.status(400, SECRET),
            OddServer.status(500, SECRET),
            OddServer.status(200, SECRET),
            OddServer.status(200, "{\"error\": \"" + "y".repeat(150) + SECRET + "\"}"),
            OddServer.status(302, "", "Location", "http://host/" + SECRET))) {
      try (OddServer server = new OddServer(odd)) {
        RemoteModel model = open(server, Map.of("SOFT4J_API_KEY", SECRET));
        UserError error = assertThrows(UserError.class, () -> model.generate(List.of(request())));
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        String all = error + error.remedy() + trace + model + model.identity();
        assertFalse(all.contains(SECRET.substring(0, 8)), all);
      }
    }
  }

  @Test
  void aKeyThatNoHeaderTakesIsRefusedUnquoted() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> ApiKey.fromEnvironment(Map.of("SOFT4J_API_KEY", "sk-01\nsk-02")));
    assertTrue(error.getMessage().contains("SOFT4J_API_KEY"), error::toString);
    assertFalse(error.toString().contains("sk-0"), error::toString);
  }

  @Test
  void aKeyDoesNotPrintItself() {
    ApiKey key = ApiKey.fromEnvironment(Map.of("OPENAI_API_KEY", SECRET));
    assertEquals("ApiKey[key]", key.toString());
    assertEquals("ApiKey[none]", ApiKey.NONE.toString());
  }

  private static RemoteModel open(OddServer server, Map<String, String> environment) {
    RemoteSettings once =
        new RemoteSettings(
            1,
            RemoteSettings.DEFAULT.callTime(),
            RemoteSettings.DEFAULT.totalTime(),
            10_000,
            1,
            RemoteSettings.DEFAULT.firstWait(),
            RemoteSettings.DEFAULT.longestWait(),
            RemoteSettings.Texts.AS_MESSAGES);
    return RemoteModel.open(server.address() + "#m", ApiKey.fromEnvironment(environment), once);
  }

  private static GenerationRequest request() {
    return new GenerationRequest("hello", Sampling.GREEDY, 4, List.of(), 0);
  }
}
