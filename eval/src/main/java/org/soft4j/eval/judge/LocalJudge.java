package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.core.Cancellation;
import org.soft4j.core.ChunkSink;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Score;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * A judge in this process, asked in its own chat format. Where the format has no system message, it
 * goes before the user's as FastChat does for judges without one (common.py, run_judge_pair).
 *
 * @param model stays the caller's
 */
public record LocalJudge(LanguageModel model, ChatFormat chat) implements Judge {
  // Enough to keep a model busy, and little to compute again after a kill.
  public static final int CHUNK = 8;
  private static final String NEUTRAL = "You are a helpful assistant.";
  private static final String MARK = "soft4j-system-mark";

  /** Some formats refuse a system message, and some pass over it. */
  private boolean showsSystem() {
    try {
      return chat.render(conversation(MARK, "hello")).contains(MARK);
    } catch (UserError refused) {
      return false;
    }
  }

  private static List<ChatMessage> conversation(String system, String user) {
    return List.of(new ChatMessage("system", system), new ChatMessage("user", user));
  }

  @Override
  public String name() {
    return model.identity().name();
  }

  @Override
  public String identity() {
    return identity(model.identity().digest(), model.identity().dtype());
  }

  /** What replies of a model are kept by. */
  public static String identity(String digest, String dtype) {
    return digest + " " + dtype;
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
    List<Integer> written = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      (calls.get(i).choices().isEmpty() ? written : chosen).add(i);
    }
    model.generate(
        written.stream().map(i -> request(calls.get(i))).toList(),
        (i, text) -> sink.accept(written.get(i), reply(text)),
        cancel);
    choose(calls, chosen, sink, cancel);
  }

  @Override
  public int chunksAtOnce() {
    return model.chunksAtOnce();
  }

  /** A protocol's calls are of one kind, so that all chunks go to the model together. */
  @Override
  public void answerChunks(List<List<Call>> chunks, ChunkSink<Reply> sink, Cancellation cancel) {
    if (chunks.stream().flatMap(List::stream).allMatch(call -> call.choices().isEmpty())) {
      model.generateChunks(
          chunks.stream().map(calls -> calls.stream().map(this::request).toList()).toList(),
          sink.after((chunk, texts) -> texts.stream().map(LocalJudge::reply).toList()),
          cancel);
    } else if (chunks.stream().flatMap(List::stream).noneMatch(c -> c.choices().isEmpty())) {
      List<List<ScoreRequest>> requests = chunks.stream().map(this::choices).toList();
      model.scoreChunks(
          requests,
          // Progress counts calls, not choices.
          ChunkSink.of(
              sink.<Score>after(
                  (chunk, scores) -> replies(chunks.get(chunk), requests.get(chunk), scores)),
              choices -> {}),
          cancel);
    } else {
      Judge.super.answerChunks(chunks, sink, cancel);
    }
  }

  private static Reply reply(Generation text) {
    return new Reply(text.text(), Map.of(), 0, text.tokens(), text.caveats());
  }

  private GenerationRequest request(Call call) {
    return new GenerationRequest(
        context(call),
        new Sampling(call.temperature(), 1, 0),
        call.maxTokens(),
        List.of(),
        call.repeat());
  }

  private String context(Call call) {
    if (call.system().isEmpty()) {
      return chat.apply(call.user());
    }
    if (showsSystem()) {
      return chat.render(conversation(call.system(), call.user()));
    }
    return chat.apply(
        call.system().equals(NEUTRAL)
            ? call.user()
            : "[Instruction]\n" + call.system() + "\n\n" + call.user());
  }

  /** Tells log-probabilities of choices; all calls are scored together, as one prefix tree. */
  private void choose(
      List<Call> calls, List<Integer> chosen, Sink<Reply> sink, Cancellation cancel) {
    List<Call> asked = chosen.stream().map(calls::get).toList();
    List<ScoreRequest> requests = choices(asked);
    List<Score> scores = new ArrayList<>(Collections.nCopies(requests.size(), null));
    model.score(requests, scores::set, cancel);
    List<Reply> replies = replies(asked, requests, scores);
    for (int i = 0; i < chosen.size(); i++) {
      sink.accept(chosen.get(i), replies.get(i));
    }
  }

  private List<ScoreRequest> choices(List<Call> calls) {
    List<ScoreRequest> requests = new ArrayList<>();
    for (Call call : calls) {
      String context = context(call);
      call.choices().forEach(choice -> requests.add(new ScoreRequest(context, choice)));
    }
    return requests;
  }

  private static List<Reply> replies(
      List<Call> calls, List<ScoreRequest> requests, List<Score> scores) {
    List<Reply> replies = new ArrayList<>();
    int next = 0;
    for (Call call : calls) {
      Map<String, Double> told = new TreeMap<>();
      Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
      for (String choice : call.choices()) {
        Score score = scores.get(next).orRefused(requests.get(next));
        told.put(choice, score.logProbability());
        caveats.addAll(score.caveats());
        next++;
      }
      replies.add(new Reply("", told, 0, 0, caveats));
    }
    return replies;
  }
}
