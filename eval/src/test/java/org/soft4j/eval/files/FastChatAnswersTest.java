package org.soft4j.eval.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Names of the files that FastChat's own loader finds. */
class FastChatAnswersTest {
  @Test
  void aModelsNameLeadsToNoOtherFolder() {
    // FastChat's glob passes over names that begin with a dot; a slash would lead elsewhere.
    assertEquals("tmp__m", FastChatAnswers.fileName("/tmp/m"));
    assertEquals("models__x", FastChatAnswers.fileName("./models/x"));
    assertEquals("C____models__x", FastChatAnswers.fileName("C:\\models\\x"));
    assertEquals("hidden", FastChatAnswers.fileName(".hidden"));
    assertEquals("org__my model__v1", FastChatAnswers.fileName("org/my model:v1"));
    String longName = FastChatAnswers.fileName("x".repeat(400));
    assertEquals(true, longName.matches("x{28}-[0-9a-f]{21}"), longName);
    assertEquals("__", FastChatAnswers.fileName(".."));
    assertEquals("x", FastChatAnswers.fileName("../x"));
  }
}
