package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;

/**
 * Judges answers: {@code new Judging(judge, cache).run(SingleJudging.of(request), …)}.
 *
 * <p>Replies are kept as they come; a judging that was killed goes on where it was, makes no call
 * twice, and ends with the same judgements.
 *
 * @param judge who judges
 * @param cache where replies are kept
 * @param rule by which verdicts are read
 */
public record Judging(JudgeModel judge, CallCache cache, VerdictRule rule) {
  /** Reads the last verdict of each reply. */
  public Judging(JudgeModel judge, CallCache cache) {
    this(judge, cache, VerdictRule.LAST);
  }

  /** What is still to be asked, and how many tokens that takes. */
  public Estimate estimate(JudgingPlan<?> plan) {
    Map<String, JudgeCall> calls = byKey(plan);
    List<JudgeCall> missing = new ArrayList<>();
    missing(calls).forEach(chunk -> missing.addAll(chunk.values()));
    return Estimate.of(missing, calls.size() - missing.size());
  }

  /**
   * Makes the calls that are missing and reads the judgements out of all replies.
   *
   * @param done hears how many calls have been answered since it heard last
   */
  public <J> Judged<J> run(JudgingPlan<J> plan, IntConsumer done, Cancellation cancel) {
    Map<String, JudgeCall> calls = byKey(plan);
    int made = 0;
    for (Map<String, JudgeCall> chunk : missing(calls)) {
      ask(chunk, done, cancel);
      made += chunk.size();
    }
    long in = 0;
    long out = 0;
    int unmetered = 0;
    for (String key : calls.keySet()) {
      in += reply(key).promptTokens();
      unmetered += reply(key).promptTokens() == 0 ? 1 : 0;
      out += reply(key).newTokens();
    }
    Verdicts verdicts = new Verdicts(rule);
    List<J> judgements = plan.judgements(call -> reply(call.key(judge.identity())), verdicts);
    return new Judged<>(
        judgements, made, calls.size() - made, in, out, unmetered, verdicts.counts());
  }

  private JudgeReply reply(String key) {
    return cache
        .get(key)
        .orElseThrow(() -> new IllegalStateException("the judge left a call unanswered"));
  }

  private Map<String, JudgeCall> byKey(JudgingPlan<?> plan) {
    Map<String, JudgeCall> calls = new LinkedHashMap<>();
    plan.calls().forEach(call -> calls.putIfAbsent(call.key(judge.identity()), call));
    return calls;
  }

  /** Chunks of which a reply is missing, whole; single calls together where chunks are of one. */
  private List<Map<String, JudgeCall>> missing(Map<String, JudgeCall> calls) {
    Map<String, JudgeCall> single = new LinkedHashMap<>();
    List<Map<String, JudgeCall>> chunks = new ArrayList<>();
    List<String> keys = List.copyOf(calls.keySet());
    for (int from = 0; from < keys.size(); from += judge.chunk()) {
      Map<String, JudgeCall> chunk = new LinkedHashMap<>();
      keys.subList(from, Math.min(from + judge.chunk(), keys.size()))
          .forEach(key -> chunk.put(key, calls.get(key)));
      if (!known(chunk.keySet())) {
        chunks.add(chunk);
        single.putAll(chunk);
      }
    }
    return judge.chunk() > 1 || single.isEmpty() ? chunks : List.of(single);
  }

  private boolean known(Collection<String> keys) {
    return keys.stream().allMatch(key -> cache.get(key).isPresent());
  }

  private void ask(Map<String, JudgeCall> calls, IntConsumer done, Cancellation cancel) {
    List<String> keys = List.copyOf(calls.keySet());
    List<JudgeCall> asked = List.copyOf(calls.values());
    List<CallCache.Entry> held = new ArrayList<>();
    judge.answer(
        asked,
        (index, reply) -> {
          held.add(new CallCache.Entry(keys.get(index), asked.get(index), reply));
          // Replies of one chunk depend on each other: they are kept together or not at all.
          if (judge.chunk() == 1 || held.size() == asked.size()) {
            cache.put(held);
            done.accept(held.size());
            held.clear();
          }
        },
        cancel);
  }
}
