package org.soft4j.cluster.executor;

import ai.djl.engine.EngineException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.Serializable;
import java.util.HashMap;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.soft4j.core.Json;
import org.soft4j.lm.TrainingMethod;
import org.soft4j.lm.TrainingSettings;
import org.soft4j.lm.torch.OutOfMemory;
import org.soft4j.lm.train.MicroBatchResult;
import org.soft4j.lm.train.MicroBatchWork;

/** Loss and gradients of one micro-batch; both come and go as bytes. */
public final class GradientFunction implements Function<byte[], GradientFunction.Reply> {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final String learned;
  private final String settings;
  private final String computation;
  private final Broadcast<HashMap<String, byte[]>> adapter;
  private final Broadcast<byte[]> parameters;

  /**
   * What a task sends back.
   *
   * @param line a {@link TaskReply}
   * @param memory what was said where memory did not suffice; empty otherwise
   * @param gradients a {@link MicroBatchResult}
   */
  public record Reply(String line, String memory, byte[] gradients) implements Serializable {}

  /**
   * The work on every micro-batch of a step.
   *
   * @param adapter the files of what was learned before, or none of them
   * @param parameters with which the step begins
   */
  public GradientFunction(
      ModelSpec model,
      LearnedState learned,
      TrainingSettings settings,
      Broadcast<HashMap<String, byte[]>> adapter,
      Broadcast<byte[]> parameters) {
    this.model = Json.line(model);
    this.learned = Json.line(learned);
    this.settings = Json.line(settings);
    this.computation = Json.line(ExecutorFacts.ofThisProcess());
    this.adapter = adapter;
    this.parameters = parameters;
  }

  @Override
  public Reply call(byte[] work) {
    byte[][] gradients = {new byte[0]};
    try {
      String line =
          TaskReply.line(
              () -> {
                ExecutorFacts.require(
                    Json.read(computation, ProcessComputation.class, "a computation"));
                gradients[0] = computed(work).bytes();
                return TaskReply.of("");
              });
      return new Reply(line, "", gradients[0]);
    } catch (EngineException failure) {
      if (!OutOfMemory.is(failure)) {
        throw failure;
      }
      String said = String.valueOf(failure.getMessage());
      return new Reply(Json.line(TaskReply.of("")), said, new byte[0]);
    }
  }

  private MicroBatchResult computed(byte[] work) {
    return ExecutorModels.training(
        Json.read(model, ModelSpec.class, "a model"),
        Json.read(learned, LearnedState.class, "an adapter"),
        adapter::value,
        settings(settings),
        worker -> worker.compute(parameters.value(), MicroBatchWork.of(work)));
  }

  /** Adapters alone are trained so. */
  static TrainingSettings settings(String text) {
    ObjectMapper mapper = Json.mapper().copy();
    mapper.registerModule(
        new SimpleModule().addAbstractTypeMapping(TrainingMethod.class, TrainingMethod.Lora.class));
    try {
      return mapper.treeToValue(
          Json.read(text, JsonNode.class, "settings"), TrainingSettings.class);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(text, impossible);
    }
  }
}
