package org.soft4j.core.download;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Hangs up at once: of a redirect or a refusal nothing but the head is read. */
final class NoBody implements BodySubscriber<Boolean> {
  @Override
  public CompletionStage<Boolean> getBody() {
    return CompletableFuture.completedFuture(false);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    // Cancelled before the first.
  }

  @Override
  public void onError(Throwable fault) {
    // Expected: the connection is dropped.
  }

  @Override
  public void onComplete() {
    // Nothing was waited for.
  }
}
