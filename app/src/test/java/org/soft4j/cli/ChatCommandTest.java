package org.soft4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Progress;
import org.soft4j.core.UserError;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.ModelIdentity;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.open.OpenedModel;
import org.soft4j.lm.tokenizer.ChatFormat;
import picocli.CommandLine;

/** A chat that is typed by a test; the model answers with given pieces and is shown what it saw. */
class ChatCommandTest {
  /** Contexts that the model was asked to continue. */
  private final List<GenerationRequest> seen = new ArrayList<>();

  private final ChatFormat format =
      messages ->
          messages.stream()
              .map(m -> "<%s>%s".formatted(m.role(), m.content()))
              .collect(Collectors.joining());

  private record Said(int code, String out, String err) {}

  private Said chat(List<String> pieces, String typed, String... options) {
    return chat(pieces, Optional.of(format), typed, options);
  }

  private Said chat(
      List<String> pieces, Optional<ChatFormat> how, String typed, String... options) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Soft4j root =
        new Soft4j(
            choice -> new OpenedModel(new Pieces(pieces), how),
            Progress.SILENT,
            new Interrupt(System.err),
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
    CommandLine line =
        Main.commandLine(root)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    List<String> words = new ArrayList<>(List.of("chat", "--model", "fake"));
    words.addAll(List.of(options));
    int code = line.execute(words.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  private List<String> contexts() {
    return seen.stream().map(GenerationRequest::context).toList();
  }

  @Test
  void everyAnswerFollowsTheWholeConversation() {
    Said said = chat(List.of("ye", "s"), "one\n\ntwo");
    assertEquals(0, said.code(), said.err());
    assertEquals("yes\nyes\n", said.out());
    assertEquals(List.of("<user>one", "<user>one<assistant>yes<user>two"), contexts());
  }

  @Test
  void resetSystemAndExit() {
    String typed =
        "one\n/reset\ntwo\n/system Be brief.\nthree\n/system\n//four\n/what\n/exit\nfive\n";
    Said said = chat(List.of("y"), typed, "--system", "Be kind.");
    assertEquals(0, said.code(), said.err());
    assertEquals(
        List.of(
            "<system>Be kind.<user>one",
            "<system>Be kind.<user>two",
            "<system>Be brief.<user>three",
            "<user>/four"),
        contexts());
    assertTrue(said.err().contains("[/what is no command: /reset"), said.err());
  }

  @Test
  void settingsReachTheModelAndEachAnswerHasItsOwnSeed() {
    chat(List.of("y"), "a\nb\n", "--temperature", "0.7", "--max-new-tokens", "9", "--seed", "3");
    assertEquals(0.7, seen.get(0).sampling().temperature());
    assertEquals(9, seen.get(0).maxNewTokens());
    assertTrue(seen.get(0).seed() != seen.get(1).seed(), "the same draws");
    List<GenerationRequest> before = List.copyOf(seen);
    seen.clear();
    chat(List.of("y"), "a\nb\n", "--temperature", "0.7", "--max-new-tokens", "9", "--seed", "3");
    assertEquals(before, seen);
  }

  /** No model moves the cursor or rings the bell; letters that are joined stay together. */
  @Test
  void whatTheModelWritesIsEscaped() {
    Said said = chat(List.of("a\u001b[2J", "\u202eb", "\u0007"), "x\n");
    assertEquals("a\\u001b[2J\\u202eb\\u0007\n", said.out());
    String family = "\ud83d\udc69\u200d\ud83d\udc67";
    Said joined = chat(List.of("\ud83d\udc69", "\u200d", "\ud83d\udc67", "!"), "x\n");
    assertEquals(family + "!\n", joined.out());
    assertEquals("a\r\nb\n", chat(List.of("a\r", "\nb"), "x\n").out());
  }

  /** As a run would train on it: the turns of template plain, and no blank before an answer. */
  @Test
  void aModelWithoutAChatTemplateIsTalkedWithInPlainTurns() {
    Said said = chat(List.of(" ", "yes"), Optional.empty(), "one\n/system Be brief.\ntwo\n");
    assertEquals(0, said.code(), said.err());
    assertEquals("yes\nyes\n", said.out());
    String first = "User: one\nAssistant:";
    assertEquals(List.of(first, first + " yes\n\nUser: two\nAssistant:"), contexts());
    assertEquals(List.of("\nUser:"), seen.get(0).stopStrings());
    assertTrue(said.err().startsWith("prompt template: plain, since the model has no chat"));
    assertTrue(said.err().contains("error: This prompt template has no place for"), said.err());
  }

  @Test
  void aTemplateThatIsAskedForIsUsed() {
    Said said = chat(List.of("y"), "one\n", "--template", "dialogue");
    assertEquals(List.of("\n\nHuman: one\n\nAssistant:"), contexts());
    assertTrue(said.err().startsWith("prompt template: dialogue, as asked for"), said.err());
    Said system = chat(List.of("y"), "one\n", "--template", "plain", "--system", "Be kind.");
    assertEquals(2, system.code());
    assertTrue(system.err().contains("zero_shot_header"), system.err());
  }

  /** What the template refuses is told, and the question is forgotten. */
  @Test
  void aRefusedQuestionDoesNotEndTheChat() {
    ChatFormat strict =
        messages -> {
          if (messages.get(messages.size() - 1).content().equals("bad")) {
            throw new UserError("no bad words", "be good");
          }
          return format.render(messages);
        };
    Said said = chat(List.of("y"), Optional.of(strict), "bad\ngood\n");
    assertEquals(0, said.code());
    assertTrue(said.err().contains("error: no bad words"), said.err());
    assertEquals(List.of("<user>good"), contexts());
  }

  /** Writes given pieces. */
  private final class Pieces implements LanguageModel {
    private final List<String> pieces;

    Pieces(List<String> pieces) {
      this.pieces = pieces;
    }

    @Override
    public ModelIdentity identity() {
      return new ModelIdentity("fake", "0", "fake", 1, "float32", "cpu", "asked for", 1);
    }

    @Override
    public Generation stream(
        GenerationRequest request, Consumer<String> sink, Cancellation cancel) {
      seen.add(request);
      pieces.forEach(sink);
      return new Generation(
          String.join("", pieces),
          pieces.size(),
          Generation.Finish.STOP_TOKEN,
          new double[0],
          new double[0]);
    }

    @Override
    public void generate(
        List<GenerationRequest> requests, Sink<Generation> sink, Cancellation cancel) {
      throw new UnsupportedOperationException("a chat streams");
    }

    @Override
    public void score(List<ScoreRequest> requests, Sink<Score> sink, Cancellation cancel) {
      throw new UnsupportedOperationException("a chat does not score");
    }

    @Override
    public void close() {}
  }
}
