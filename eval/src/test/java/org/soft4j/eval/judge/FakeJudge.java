package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.soft4j.core.Cancellation;
import org.soft4j.lm.Sink;

/** A judge that replies by script, last call first, and keeps what it was asked. */
final class FakeJudge implements Judge {
  final List<Call> asked = new ArrayList<>();
  private final int chunk;
  private final Function<Call, String> script;

  FakeJudge(int chunk, Function<Call, String> script) {
    this.chunk = chunk;
    this.script = script;
  }

  @Override
  public String name() {
    return "fake/judge";
  }

  @Override
  public String identity() {
    return "fake";
  }

  @Override
  public int chunk() {
    return chunk;
  }

  @Override
  public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      cancel.check();
      asked.add(calls.get(i));
      sink.accept(i, new Reply(script.apply(calls.get(i)), Map.of(), 10, 2, Set.of()));
    }
  }
}
