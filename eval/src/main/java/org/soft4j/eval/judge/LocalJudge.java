package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
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
        (i, reply) ->
            sink.accept(
                written.get(i),
                new Reply(reply.text(), Map.of(), 0, reply.tokens(), reply.caveats())),
        cancel);
    choose(calls, chosen, sink, cancel);
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
    List<ScoreRequest> requests = new ArrayList<>();
    for (int i : chosen) {
      String context = context(calls.get(i));
      calls.get(i).choices().forEach(choice -> requests.add(new ScoreRequest(context, choice)));
    }
    Score[] scores = new Score[requests.size()];
    model.score(requests, (i, score) -> scores[i] = score.orRefused(requests.get(i)), cancel);
    int next = 0;
    for (int i : chosen) {
      Map<String, Double> told = new TreeMap<>();
      Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
      for (String choice : calls.get(i).choices()) {
        told.put(choice, scores[next].logProbability());
        caveats.addAll(scores[next++].caveats());
      }
      sink.accept(i, new Reply("", told, 0, 0, caveats));
    }
  }
}
