package org.soft4j.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.soft4j.core.BoundedJson;
import org.soft4j.core.FileFault;
import org.soft4j.core.InputFile;
import org.soft4j.core.Json;
import org.soft4j.core.JsonLines;
import org.soft4j.core.UserError;

/** Makes a file of prompts of a published file. */
final class Convert implements AutoCloseable {
  private static final String CHANGED =
      "The published file has changed; this set cannot be used as it is now.";
  private static final int MOST_BYTES = 64 << 20;
  private static final String HUMAN = "\n\nHuman:";
  private static final String ASSISTANT = "\n\nAssistant:";

  private final Conversion conversion;
  private final Path source;
  private final BufferedWriter out;
  private final Set<String> written = new HashSet<>();
  private int number;

  private Convert(Conversion conversion, Path source, Path target) throws IOException {
    this.conversion = conversion;
    this.source = source;
    this.out = Files.newBufferedWriter(target);
  }

  /**
   * Converts a file.
   *
   * @throws UserError where the published file is not of the form that the catalogue says
   */
  static void file(Conversion conversion, Path source, Path target) throws IOException {
    try (Convert convert = new Convert(conversion, source, target)) {
      convert.run();
    } catch (UncheckedIOException e) {
      throw FileFault.writing(target, e.getCause());
    }
  }

  private void run() throws IOException {
    switch (conversion.form()) {
      case INSTANCES -> JsonLines.read(source, CHANGED, line -> instance(line.object()));
      case FIRST_TURNS ->
          JsonLines.read(source, inflated(), CHANGED, line -> firstTurn(line.object()));
      case INSTRUCTIONS -> {
        for (JsonNode row : BoundedJson.document(source, CHANGED)) {
          once(text(row, "instruction"), row.path("input").asText());
        }
      }
    }
    if (written.isEmpty()) {
      throw misshapen("no prompt in it");
    }
  }

  private void instance(JsonNode row) {
    String input = row.path("instances").path(0).path("input").asText();
    write(text(row, "id"), joined(text(row, "instruction"), input));
    number++;
  }

  private void firstTurn(JsonNode row) {
    String chosen = text(row, "chosen");
    int end = chosen.indexOf(ASSISTANT);
    if (!chosen.startsWith(HUMAN) || end < 0) {
      throw misshapen("conversation " + number + " does not begin with a human turn");
    }
    once(chosen.substring(HUMAN.length(), end).strip(), "");
  }

  /** Writes a prompt unless it is empty or was written before; its number counts all the same. */
  private void once(String instruction, String input) {
    String prompt = joined(instruction, input);
    if (!prompt.isBlank() && !written.contains(prompt)) {
      write(conversion.ids() + number, prompt);
    }
    number++;
  }

  private void write(String id, String prompt) {
    written.add(prompt);
    try {
      out.write(
          "{\"id\": %s, \"source\": %s, \"prompt\": %s}\n"
              .formatted(Json.line(id), Json.line(conversion.source()), Json.line(prompt)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String joined(String instruction, String input) {
    return input.isEmpty() ? instruction : instruction + "\n\n" + input;
  }

  private String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isTextual()) {
      throw misshapen("row " + number + " has no text \"" + field + "\"");
    }
    return value.asText();
  }

  /** A small archive can hold any amount of text, so that what it unpacks to is bounded. */
  private InputStream inflated() throws IOException {
    byte[] packed = InputFile.bytes(source, MOST_BYTES);
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw misshapen("it unpacks to more than " + MOST_BYTES + " bytes");
      }
      return new ByteArrayInputStream(bytes);
    } catch (ZipException | EOFException e) {
      throw misshapen("it is no sound gzip file (" + e.getMessage() + ")");
    }
  }

  private UserError misshapen(String problem) {
    return new UserError(
        "The published file behind " + source.getFileName() + ": " + problem + ".", CHANGED);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
