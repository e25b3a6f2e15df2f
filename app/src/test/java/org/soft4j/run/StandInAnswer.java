package org.soft4j.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of the stand-in server, as a vLLM words and types them. */
final class StandInAnswer {
  private StandInAnswer() {}

  static void error(HttpExchange exchange, int status, String words, String type)
      throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putObject("error").put("message", words).put("type", type).put("code", status);
    json(exchange, status, answer);
  }

  static void json(HttpExchange exchange, int status, JsonNode answer) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    send(exchange, status, answer.toString());
  }

  static void text(HttpExchange exchange, int status, String words) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    send(exchange, status, words);
  }

  private static void send(HttpExchange exchange, int status, String words) throws IOException {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
