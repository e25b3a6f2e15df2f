package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.soft4j.core.Cancellation;
import org.soft4j.core.Chunks;
import org.soft4j.lm.remote.CostGate;

/**
 * Carries a protocol out: {@code new Judging(judge, cache).run(new Single(request), …)}.
 *
 * <p>Replies are kept as they come; a judging that was killed goes on where it was, makes no call
 * twice, and ends with the same judgments.
 *
 * @param judge who judges
 * @param cache where replies are kept
 * @param rule by which verdicts are read
 */
public record Judging(Judge judge, CallCache cache, VerdictRule rule) {
  /** Reads the last verdict of each reply. */
  public Judging(Judge judge, CallCache cache) {
    this(judge, cache, VerdictRule.LAST);
  }

  /**
   * What a judging brought.
   *
   * @param judgments in the protocol's order
   * @param calls made now
   * @param known replies that were there already
   * @param promptTokens as the judge counted them, over all calls, also earlier ones
   * @param newTokens likewise
   * @param unmetered replies whose tokens the judge did not count
   * @param verdicts counts of odd replies and verdicts, by what was odd
   */
  public record Result<J>(
      List<J> judgments,
      int calls,
      int known,
      long promptTokens,
      long newTokens,
      int unmetered,
      Map<String, Integer> verdicts) {
    /** What was odd about replies and verdicts, a line each. */
    public List<String> lines() {
      return VerdictReader.words(verdicts).entrySet().stream()
          .map(e -> "%s: %s of %s replies".formatted(e.getKey(), e.getValue(), calls + known))
          .toList();
    }
  }

  /** What is still to be asked, and how many tokens that takes. */
  public CostGate.Estimate estimate(Protocol<?, ?> protocol) {
    Map<String, Call> calls = byKey(protocol);
    List<Call> missing = missing(calls).stream().flatMap(c -> c.values().stream()).toList();
    return bound(missing).plus(new CostGate.Estimate(0, calls.size() - missing.size(), 0, 0), 1);
  }

  /** What a protocol's calls need of which nothing is known yet. */
  public static CostGate.Estimate bound(Protocol<?, ?> protocol) {
    return bound(protocol.calls());
  }

  private static CostGate.Estimate bound(List<Call> calls) {
    return calls.stream()
        .map(call -> CostGate.Estimate.of(call.system() + call.user(), call.maxTokens()))
        .reduce(CostGate.Estimate.NOTHING, (all, one) -> all.plus(one, 1));
  }

  /**
   * Makes the calls that are missing and reads the judgments out of all replies.
   *
   * @param done hears how many calls have been answered since it heard last
   */
  public <J> Result<J> run(Protocol<J, ?> protocol, IntConsumer done, Cancellation cancel) {
    return run(protocol, () -> {}, done, cancel);
  }

  /**
   * Makes the calls that are missing and reads the judgments out of all replies.
   *
   * @param beforeKept runs when replies have come, each time before they are kept; a caller that
   *     notes something about them has it in its place before a kill can leave them behind
   * @param done hears how many calls have been answered since it heard last
   */
  public <J> Result<J> run(
      Protocol<J, ?> protocol, Runnable beforeKept, IntConsumer done, Cancellation cancel) {
    Map<String, Call> calls = byKey(protocol);
    Consumer<List<CallCache.Entry>> keep =
        entries -> {
          beforeKept.run();
          cache.put(entries);
          done.accept(entries.size());
        };
    List<Map<String, Call>> missing = missing(calls);
    if (judge.chunk() == 1) {
      missing.forEach(single -> askSingle(single, keep, cancel));
    } else if (!missing.isEmpty()) { // a judge that is not asked is not opened either
      Chunks.inGroups(
          missing, judge.chunksAtOnce(), (first, group) -> askChunks(group, keep, cancel));
    }
    int made = missing.stream().mapToInt(Map::size).sum();
    List<Reply> replies = calls.keySet().stream().map(this::reply).toList();
    VerdictReader verdicts = new VerdictReader(rule);
    return new Result<>(
        protocol.judgments(call -> reply(key(call)), verdicts, judge.name()),
        made,
        calls.size() - made,
        replies.stream().mapToLong(Reply::promptTokens).sum(),
        replies.stream().mapToLong(Reply::newTokens).sum(),
        (int) replies.stream().filter(reply -> reply.promptTokens() == 0).count(),
        verdicts.counts());
  }

  private String key(Call call) {
    return call.key(judge.identity());
  }

  private Reply reply(String key) {
    return cache
        .get(key)
        .orElseThrow(() -> new IllegalStateException("the judge left a call unanswered"));
  }

  private Map<String, Call> byKey(Protocol<?, ?> protocol) {
    Map<String, Call> calls = new LinkedHashMap<>();
    protocol.calls().forEach(call -> calls.putIfAbsent(key(call), call));
    return calls;
  }

  /** Chunks of which a reply is missing, whole; single calls together where chunks are of one. */
  private List<Map<String, Call>> missing(Map<String, Call> calls) {
    Map<String, Call> single = new LinkedHashMap<>();
    List<Map<String, Call>> chunks = new ArrayList<>();
    List<String> keys = List.copyOf(calls.keySet());
    for (int from = 0; from < keys.size(); from += judge.chunk()) {
      Map<String, Call> chunk = new LinkedHashMap<>();
      keys.subList(from, Math.min(from + judge.chunk(), keys.size()))
          .forEach(key -> chunk.put(key, calls.get(key)));
      if (chunk.keySet().stream().anyMatch(key -> cache.get(key).isEmpty())) {
        chunks.add(chunk);
        single.putAll(chunk);
      }
    }
    return judge.chunk() > 1 || single.isEmpty() ? chunks : List.of(single);
  }

  private void askSingle(
      Map<String, Call> calls, Consumer<List<CallCache.Entry>> keep, Cancellation cancel) {
    List<String> keys = List.copyOf(calls.keySet());
    List<Call> asked = List.copyOf(calls.values());
    judge.answer(
        asked,
        (index, reply) ->
            keep.accept(List.of(new CallCache.Entry(keys.get(index), asked.get(index), reply))),
        cancel);
  }

  /** Replies of one chunk depend on each other: they are kept together or not at all. */
  private void askChunks(
      List<Map<String, Call>> chunks, Consumer<List<CallCache.Entry>> keep, Cancellation cancel) {
    List<List<Call>> asked = chunks.stream().map(chunk -> List.copyOf(chunk.values())).toList();
    judge.answerChunks(
        asked,
        (chunk, replies) -> {
          List<String> keys = List.copyOf(chunks.get(chunk).keySet());
          List<CallCache.Entry> entries = new ArrayList<>();
          for (int i = 0; i < keys.size(); i++) {
            entries.add(new CallCache.Entry(keys.get(i), asked.get(chunk).get(i), replies.get(i)));
          }
          keep.accept(entries);
        },
        cancel);
  }
}
