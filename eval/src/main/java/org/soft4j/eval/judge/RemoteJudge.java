package org.soft4j.eval.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.soft4j.core.Cancellation;
import org.soft4j.core.UserError;
import org.soft4j.lm.Caveat;
import org.soft4j.lm.Generation;
import org.soft4j.lm.Sampling;
import org.soft4j.lm.Sink;
import org.soft4j.lm.remote.ChatReply;
import org.soft4j.lm.remote.ChatRequest;
import org.soft4j.lm.remote.RemoteModel;
import org.soft4j.lm.tokenizer.ChatMessage;

/**
 * A judge behind an OpenAI-compatible endpoint.
 *
 * @param model stays the caller's
 */
public record RemoteJudge(RemoteModel model) implements Judge {
  // AlpacaEval's weighted form asks for the five likeliest tokens.
  private static final int TOP = 5;

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public String identity() {
    return model.identity().digest();
  }

  @Override
  public boolean charges() {
    return true;
  }

  @Override
  public void answer(List<Call> calls, Sink<Reply> sink, Cancellation cancel) {
    model.chat(
        calls.stream().map(RemoteJudge::request).toList(),
        (index, reply) -> sink.accept(index, reply(calls.get(index), reply)),
        cancel);
  }

  @Override
  public Map<String, Object> sent(double temperature) {
    return model.sent(sampling(temperature));
  }

  private static Sampling sampling(double temperature) {
    return new Sampling(temperature, 1, 0);
  }

  private static ChatRequest request(Call call) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!call.system().isEmpty()) {
      messages.add(new ChatMessage("system", call.system()));
    }
    messages.add(new ChatMessage("user", call.user()));
    return new ChatRequest(
        messages,
        sampling(call.temperature()),
        call.maxTokens(),
        List.of(),
        call.repeat(),
        call.choices().isEmpty() ? 0 : TOP,
        call.about());
  }

  private Reply reply(Call call, ChatReply reply) {
    boolean fits = !reply.caveats().contains(Caveat.NO_ROOM);
    if (fits && !call.choices().isEmpty() && reply.firstToken().isEmpty()) {
      throw new UserError(
          model + " tells no log-probabilities, which the weighted form of AlpacaEval is made of.",
          "Take the ranking form, --protocol alpaca, or another judge.");
    }
    return new Reply(
        reply.text(),
        reply.firstToken(),
        reply.promptTokens(),
        reply.newTokens(),
        Caveat.set(
            reply.caveats(),
            fits && reply.finish() == Generation.Finish.LENGTH && call.choices().isEmpty()
                ? Set.of(Caveat.CUT_OFF)
                : Set.of()));
  }
}
