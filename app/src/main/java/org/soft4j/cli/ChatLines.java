package org.soft4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.soft4j.core.UserError;
import org.soft4j.stages.ChatTalk;
import picocli.CommandLine;

/** The lines of a chat: what the user types goes to the model, and its answers to the screen. */
final class ChatLines {
  /** Letters of one line; a pipe may have no line ends. */
  private static final int LONGEST = 1 << 20;

  /** Above this stand the scripts in which a letter may join the next one. */
  private static final int JOINING = 0x590;

  private final ChatTalk talk;
  private final Soft4j root;
  private final BufferedReader in;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean keyboard;
  private final StringBuilder held = new StringBuilder();

  /**
   * A chat.
   *
   * @param keyboard whether somebody sees a prompt and types
   */
  ChatLines(ChatTalk talk, Soft4j root, CommandLine line, boolean keyboard) {
    this.talk = talk;
    this.root = root;
    this.keyboard = keyboard;
    in = new BufferedReader(new InputStreamReader(root.in(), StandardCharsets.UTF_8));
    out = line.getOut();
    err = line.getErr();
  }

  /** Reads and answers until the end. */
  void run() throws IOException {
    if (keyboard) {
      out.println(
          "Type a question; /reset, /system TEXT, /exit or Ctrl-D. Ctrl-C stops an answer.");
    }
    while (true) {
      prompt();
      Optional<String> line = line();
      if (line.isEmpty()) {
        break;
      }
      String words = line.get().strip();
      if (words.equals("/exit") || words.equals("/quit")) {
        return;
      }
      try {
        if (words.startsWith("/") && !words.startsWith("//")) {
          command(words);
        } else if (!words.isEmpty()) {
          ask(words.startsWith("//") ? words.substring(1) : words);
        }
      } catch (UserError refused) {
        tell(refused);
      }
    }
    if (keyboard) {
      out.println();
    }
  }

  private void prompt() {
    if (keyboard) {
      out.print("> ");
      out.flush();
    }
  }

  private void command(String words) {
    String[] parts = words.split("\\s+", 2);
    String rest = parts.length > 1 ? parts[1] : "";
    switch (parts[0]) {
      case "/reset" -> {
        talk.reset();
        tell("the conversation begins anew");
      }
      case "/system" -> {
        talk.system(Optional.of(rest));
        tell(
            talk.system().isEmpty()
                ? "no system message; the conversation begins anew"
                : "system message set; the conversation begins anew");
      }
      default ->
          tell(
              "%s is no command: /reset, /system TEXT, /exit. A question may begin with //."
                  .formatted(parts[0]));
    }
  }

  private void ask(String question) {
    try (Interrupt.Part part = root.interrupt().part()) {
      ChatTalk.Answer answer = talk.ask(question, this::piece, part);
      release();
      out.println();
      out.flush();
      root.interrupt().check();
      if (answer.forgotten() > 0) {
        tell(
            "the model's window is full: the oldest %s left out from here on"
                .formatted(
                    answer.forgotten() == 1
                        ? "question is"
                        : answer.forgotten() + " questions are"));
      }
      end(answer.end());
    }
  }

  private void tell(UserError refused) {
    out.flush();
    err.println("error: " + refused.getMessage());
    err.println("  " + refused.remedy());
    err.flush();
  }

  private void end(ChatTalk.End end) {
    switch (end) {
      case WHOLE -> {}
      case BOUND -> tell("cut at --max-new-tokens");
      case WINDOW -> tell("cut where the model's window is full; /reset begins anew");
      case STOPPED -> tell("stopped");
    }
  }

  private void tell(String words) {
    out.flush();
    err.println("[" + words + "]");
    err.flush();
  }

  /**
   * Prints a piece but for its last letter, where what follows decides how that is shown: joiners
   * stay between letters of some scripts, and a carriage return before a line's end.
   */
  private void piece(String text) {
    held.append(text);
    if (held.isEmpty()) {
      return;
    }
    int last = held.codePointBefore(held.length());
    int end = held.length() - (last >= JOINING || last == '\r' ? Character.charCount(last) : 0);
    // A joiner is shown by the letters on both sides of it.
    while (end > 0 && end < held.length() && joins(end)) {
      end -= Character.charCount(held.codePointBefore(end));
    }
    out.print(held.substring(0, end));
    out.flush();
    held.delete(0, end);
  }

  /** Whether one of the letters beside a place is a joiner. */
  private boolean joins(int place) {
    return joiner(held.codePointBefore(place)) || joiner(held.codePointAt(place));
  }

  private static boolean joiner(int letter) {
    return letter == 0x200C || letter == 0x200D;
  }

  private void release() {
    out.print(held);
    held.setLength(0);
  }

  /** The next line without its end; empty where there is none. */
  private Optional<String> line() throws IOException {
    StringBuilder line = new StringBuilder();
    int letter = in.read();
    if (letter < 0) {
      return Optional.empty();
    }
    for (; letter >= 0 && letter != '\n'; letter = in.read()) {
      if (line.length() >= LONGEST) {
        throw new UserError(
            "A line of the input has more than %s letters.".formatted(LONGEST),
            "Send one question a line.");
      }
      line.append((char) letter);
    }
    return Optional.of(line.toString());
  }
}
