package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.GenerationRequest;
import org.soft4j.lm.LanguageModel;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.ScoreRequest;
import org.soft4j.lm.Sink;
import org.soft4j.lm.tokenizer.ChatFormat;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * A judge in this process, asked in its own chat format. Where the format has no system message, it
 * goes before the user's as FastChat does for judges without one (common.py, run_judge_pair).
 */
public final class LocalJudge implements JudgeModel {
  // Enough to keep a model busy, and little to compute again after a kill.
  private static final int CHUNK = 8;
  private static final String NEUTRAL = "You are a helpful assistant.";
  private static final String MARK = "soft4j-system-mark";

  private final LanguageModel model;
  private final ChatFormat chat;
  private final boolean hasSystem;

  /** A judge on a model, which stays the caller's. */
  public LocalJudge(LanguageModel model, ChatFormat chat) {
    this.model = model;
    this.chat = chat;
    hasSystem = showsSystem(chat);
  }

  private static boolean showsSystem(ChatFormat chat) {
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
    return model.identity().digest() + " " + model.identity().dtype();
  }

  @Override
  public boolean charges() {
    return false;
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public void answer(List<JudgeCall> calls, Sink<JudgeReply> sink, Cancellation cancel) {
    List<Integer> writings = new ArrayList<>();
    List<Integer> choices = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      (calls.get(i).choices().isEmpty() ? writings : choices).add(i);
    }
    model.generate(
        writings.stream().map(i -> request(calls.get(i))).toList(),
        (i, generation) -> sink.accept(writings.get(i), reply(generation)),
        cancel);
    List<JudgeReply> chosen = choose(choices.stream().map(calls::get).toList(), cancel);
    for (int i = 0; i < choices.size(); i++) {
      sink.accept(choices.get(i), chosen.get(i));
    }
  }

  private GenerationRequest request(JudgeCall call) {
    return new GenerationRequest(
        context(call),
        new Sampling(call.temperature(), 1, 0),
        call.maxTokens(),
        List.of(),
        call.repeat());
  }

  private String context(JudgeCall call) {
    if (call.system().isEmpty()) {
      return chat.apply(call.user());
    }
    if (hasSystem) {
      return chat.render(conversation(call.system(), call.user()));
    }
    return chat.apply(
        call.system().equals(NEUTRAL)
            ? call.user()
            : "[Instruction]\n" + call.system() + "\n\n" + call.user());
  }

  /** Log-probabilities of every call's choices; all are scored together, as one prefix tree. */
  private List<JudgeReply> choose(List<JudgeCall> calls, Cancellation cancel) {
    List<Map<String, Double>> scores = new ArrayList<>();
    List<Set<Caveat>> caveats = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    List<ScoreRequest> requests = new ArrayList<>();
    for (JudgeCall call : calls) {
      String context = context(call);
      for (String choice : call.choices()) {
        owners.add(scores.size());
        requests.add(new ScoreRequest(context, choice));
      }
      scores.add(new TreeMap<>());
      caveats.add(EnumSet.noneOf(Caveat.class));
    }
    model.score(
        requests,
        (i, score) -> {
          double value = score.orRefused(requests.get(i)).logProbability();
          scores.get(owners.get(i)).put(requests.get(i).continuation(), value);
          caveats.get(owners.get(i)).addAll(score.caveats());
        },
        cancel);
    return IntStream.range(0, calls.size())
        .mapToObj(i -> new JudgeReply("", scores.get(i), 0, 0, caveats.get(i)))
        .toList();
  }

  private static JudgeReply reply(Generation generation) {
    return new JudgeReply(
        generation.text(), Map.of(), 0, generation.tokens(), generation.caveats());
  }
}
