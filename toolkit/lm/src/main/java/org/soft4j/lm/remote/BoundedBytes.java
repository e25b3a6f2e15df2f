package org.soft4j.lm.remote;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an answer's bytes, and ends the connection once it grows beyond a bound. */
final class BoundedBytes implements BodySubscriber<BoundedBytes.Body> {
  /**
   * What came.
   *
   * @param bytes as they were sent, cut where there were too many
   * @param whole whether they stayed within the bound
   */
  record Body(byte[] bytes, boolean whole) {}

  private final int bound;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private Flow.Subscription subscription;

  BoundedBytes(int bound) {
    this.bound = bound;
  }

  @Override
  public CompletionStage<Body> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] part = new byte[Math.min(buffer.remaining(), bound - bytes.size())];
      buffer.get(part);
      bytes.writeBytes(part);
      if (buffer.hasRemaining()) {
        subscription.cancel();
        finish(false);
        return;
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    finish(true);
  }

  private void finish(boolean whole) {
    body.complete(new Body(bytes.toByteArray(), whole));
  }
}
