package org.soft4j.eval.yaml.functions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.soft4j.core.Sha256;

/** Finds the Java of a function that a task file names, by the digest of its Python module. */
public final class TaskFunctions {
  private static final Pattern REFERENCE = Pattern.compile("\\w+(\\.\\w+)+");
  private static final int MOST_BYTES = 1_000_000;
  private static final int SHOWN = 12;

  private TaskFunctions() {}

  /** Says why a function has no Java. */
  public static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;

    Unknown(String reason) {
      super(reason);
    }
  }

  /**
   * The function that {@code !function module.name} means in a task file.
   *
   * @param taskFile the file that holds the tag; the module stands beside it
   * @param reference such as {@code utils.process_docs}
   * @throws Unknown where the module is not there, is another one than the known, or the known one
   *     has no Java for this function
   */
  public static TaskFunction find(Path taskFile, String reference) throws Unknown {
    if (!REFERENCE.matcher(reference).matches()) {
      throw new Unknown("it names no module and function");
    }
    int dot = reference.lastIndexOf('.');
    String module = reference.substring(0, dot).replace('.', '/') + ".py";
    Path file = taskFile.toAbsolutePath().resolveSibling(module);
    String digest = digest(file, module);
    Optional<KnownModule> known = KnownModule.withDigest(digest);
    if (known.isEmpty()) {
      throw new Unknown(
          "%s (sha256 %s…) is no module that soft4j has in Java"
              .formatted(module, digest.substring(0, SHOWN)));
    }
    String beside = known.get().beside();
    if (!beside.isEmpty()
        && !digest(file.resolveSibling(beside), beside).equals(known.get().besideDigest())) {
      throw new Unknown(
          "%s reads %s, which is not the one that is known".formatted(module, beside));
    }
    TaskModule found = known.get().module().apply(file);
    return Optional.ofNullable(found.functions().get(reference.substring(dot + 1)))
        .orElseThrow(() -> new Unknown("%s is known, but %s".formatted(module, found.missing())));
  }

  private static String digest(Path file, String module) throws Unknown {
    try {
      if (!Files.isRegularFile(file)) {
        throw new Unknown("there is no %s beside the task file to know it by".formatted(module));
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new Unknown("%s is larger than %s bytes".formatted(module, MOST_BYTES));
      }
      // A checkout on Windows has other line ends.
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
      MessageDigest digest = Sha256.start();
      digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
      return Sha256.hex(digest);
    } catch (IOException e) {
      throw new Unknown("%s cannot be read: %s".formatted(module, e.getMessage()));
    }
  }
}
