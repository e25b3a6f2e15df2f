package org.soft4j.core.download;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import org.soft4j.core.Sha256;

/**
 * Writes an answer to a file and digests it as it comes; cuts it where it grows beyond its bound.
 * Once closed it writes nothing more, so that a late packet cannot reach a file that another
 * attempt has taken over.
 */
final class FileBody implements BodySubscriber<Boolean>, AutoCloseable {
  private final FileChannel file;
  private final MessageDigest digest;
  private final long most;
  private final LongConsumer progress;
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private Flow.Subscription subscription;
  private volatile long size;
  private boolean closed;

  FileBody(FileChannel file, long start, MessageDigest digest, long most, LongConsumer progress) {
    this.file = file;
    this.digest = digest;
    this.most = most;
    this.progress = progress;
    this.size = start;
  }

  /** Bytes of the file that are here. */
  long size() {
    return size;
  }

  /** The digest of all that is here; asked for once, at the end. */
  synchronized String sha256() {
    return Sha256.hex(digest);
  }

  /** True where the answer ended by itself, false where it was cut for its length. */
  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    if (closed) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (size + buffer.remaining() > most) {
          subscription.cancel();
          done.complete(false);
          return;
        }
        write(buffer);
      }
      progress.accept(size);
      subscription.request(1);
    } catch (IOException e) {
      subscription.cancel();
      done.completeExceptionally(new DiskFault(e));
    }
  }

  private void write(ByteBuffer buffer) throws IOException {
    digest.update(buffer.duplicate());
    size += buffer.remaining();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }

  @Override
  public void onError(Throwable fault) {
    done.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    done.complete(true);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    file.close();
  }

  /** The fault is on this machine's side, and another attempt would not mend it. */
  static final class DiskFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DiskFault(IOException cause) {
      super(cause);
    }
  }
}
